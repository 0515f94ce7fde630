package dev.flamingo.standalone.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Flags of where a gateway listens, and to whom; {@link ConfigOption} reads them. */
@SuppressWarnings("unused")
final class AccessFlags {

  @Option(names = "--port", paramLabel = "N", descriptionKey = "gateway.port")
  private String port;

  @Option(names = "--host", paramLabel = "ADDRESS", descriptionKey = "gateway.host")
  private String host;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      descriptionKey = "gateway.access.allowed.hosts")
  private List<String> allowedHosts;

  @Option(
      names = "--trust-proxy",
      paramLabel = "ADDRESS",
      descriptionKey = "gateway.access.trusted.proxies")
  private List<String> trustedProxies;

  @Option(names = "--token-file", paramLabel = "FILE", descriptionKey = "token.file")
  private String tokenFile;

  @Option(names = "--insecure", descriptionKey = "gateway.access.insecure")
  private boolean insecure;
}
