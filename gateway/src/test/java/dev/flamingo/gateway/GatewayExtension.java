package dev.flamingo.gateway;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the same gateway to all tests: broker and views take seconds to start. */
final class GatewayExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(LiveGateway.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(GatewayExtension.class))
        .getOrComputeIfAbsent(LiveGateway.class, key -> start(), LiveGateway.class);
  }

  private static LiveGateway start() {
    try {
      return new LiveGateway();
    } catch (Exception e) {
      throw new IllegalStateException("the gateway does not start", e);
    }
  }
}
