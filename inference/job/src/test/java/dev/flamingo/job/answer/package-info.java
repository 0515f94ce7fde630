@NullMarked
package dev.flamingo.job.answer;

import org.jspecify.annotations.NullMarked;
