package dev.flamingo.job;

import dev.flamingo.events.Topics;
import dev.flamingo.job.answer.ModelHeartbeat;
import dev.flamingo.job.model.ModelDescription;
import dev.flamingo.job.model.VideoModelProvider;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What happens before a job is started: it waits for its turn and announces its model. */
final class ServedBundle {

  private final JobConfig config;
  private final InstantSource clock;

  ServedBundle(JobConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * Waits while another bundle is served under the same topics, then announces this one, so that
   * ingest makes its frames while the job still starts.
   *
   * @throws IOException if the bundle cannot be read
   * @throws InterruptedException if interrupted
   */
  void announce(VideoModelProvider provider) throws IOException, InterruptedException {
    Optional<ModelDescription> model = provider.description();
    if (model.isEmpty()) {
      return;
    }
    Map<String, Object> kafka = new HashMap<>(config.kafka().properties());
    Topics topics = new Topics(config.prefix());
    new ModelTurn(kafka, topics, clock).await(model.get());
    try (ModelHeartbeat heartbeat = new ModelHeartbeat(kafka, topics, model.get(), clock)) {
      heartbeat.beat();
    }
  }
}
