/** The model's operations as an ONNX graph, and the graphs that serving runs. */
@NullMarked
package dev.flamingo.model.onnx;

import org.jspecify.annotations.NullMarked;
