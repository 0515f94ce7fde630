package dev.flamingo.standalone.cli;

import dev.flamingo.gateway.Access;
import dev.flamingo.gateway.AccessToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a gateway listens, and to whom. */
final class AccessOption {

  private static final String TOKEN = "FLAMINGO_TOKEN";

  private final Map<String, String> environment;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "where the page is served; default: ${DEFAULT-VALUE}, this machine alone")
  private String host;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "a name under which it may be asked, such as that of a proxy; repeatable")
  private List<String> allowedHosts = List.of();

  @Option(
      names = "--trust-proxy",
      paramLabel = "ADDRESS",
      description =
          "an address or range (10.0.0.0/8) whose X-Forwarded headers are believed; repeatable")
  private List<String> trustedProxies = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "holds the token that clients must show; also by " + TOKEN)
  private @Nullable Path tokenFile;

  @Option(names = "--insecure", description = "serves other machines without a token, too")
  private boolean insecure;

  /** Options that may be completed by an environment. */
  AccessOption(Map<String, String> environment) {
    this.environment = environment;
  }

  String host() {
    return host;
  }

  /**
   * Returns who may use the gateway.
   *
   * @throws ParameterException if others could reach it without a token, or the token cannot be had
   */
  Access access() {
    try {
      Access access = new Access(allowedHosts, trustedProxies, token(), insecure);
      access.check(host);
      return access;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private @Nullable AccessToken token() {
    if (tokenFile != null) {
      try {
        return new AccessToken(Files.readString(tokenFile));
      } catch (IOException e) {
        throw new ParameterException(
            spec.commandLine(), "cannot read the token file %s".formatted(tokenFile), e);
      }
    }
    String token = environment.getOrDefault(TOKEN, "");
    return token.isBlank() ? null : new AccessToken(token);
  }
}
