@NullMarked
package dev.flamingo.model.onnx;

import org.jspecify.annotations.NullMarked;
