/** Tests of the state's formats. */
@org.jspecify.annotations.NullMarked
package dev.flamingo.job.state;
