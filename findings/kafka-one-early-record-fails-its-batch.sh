#!/usr/bin/env bash
# Kafka 4.2.2: a broker that refuses one record of a batch for its timestamp (a day ahead; the default allows an hour)
# appends none of the batch. The other records fail with a plain KafkaException that is not retriable, although nothing
# is wrong with them, and the producer does not send them again. Sent alone, the early record fails only itself.
# Cameras that share a producer lose pictures this way when the clock of one of them is wrong.
# Seen (JDK 17, one KRaft broker):
#   early record: InvalidTimestampException, retriable false
#   9 records beside it: 9 failed, KafkaException, retriable false
#   topic holds 0 records
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>4.2.2</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
rm -f lib/log4j-slf4j*.jar

cat >Show.java <<'JAVA'
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.*;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

public class Show {
  static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public static void main(String[] args) throws Exception {
    int port = freePort();
    int controller = freePort();
    String log = Path.of("log").toAbsolutePath().toString();
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@localhost:" + controller);
    settings.put("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("log.dirs", log);
    settings.put("offsets.topic.replication.factor", "1");
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setDirectories(Set.of(log))
        .setMetadataLogDirectory(log)
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(org.apache.kafka.server.common.MetadataVersion.latestProduction())
        .run();
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();

    Map<String, Object> client = Map.of("bootstrap.servers", "localhost:" + port);
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic("frames", 1, (short) 1))).all().get();
      Map<String, Object> producing = new HashMap<>(client);
      // All ten records travel in one batch.
      producing.put("linger.ms", 2_000);
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      try (Producer<String, String> producer =
          new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
        long now = System.currentTimeMillis();
        for (int i = 0; i < 10; i++) {
          long time = i == 4 ? now + TimeUnit.DAYS.toMillis(1) : now;
          sent.add(producer.send(new ProducerRecord<>("frames", 0, time, "camera-" + i, "picture")));
        }
        producer.flush();
      }
      int failed = 0;
      String beside = "";
      for (int i = 0; i < 10; i++) {
        try {
          sent.get(i).get();
        } catch (ExecutionException e) {
          String reason =
              e.getCause().getClass().getSimpleName()
                  + ", retriable " + (e.getCause() instanceof RetriableException);
          if (i == 4) {
            System.out.println("early record: " + reason);
          } else {
            failed++;
            beside = reason;
          }
        }
      }
      System.out.println("9 records beside it: " + failed + " failed, " + beside);
      TopicPartition partition = new TopicPartition("frames", 0);
      long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get().offset();
      System.out.println("topic holds " + end + " records");
    }
    server.shutdown();
    System.exit(0);
  }
}
JAVA
java -cp 'lib/*' Show.java 2>errors >printed || { cat errors; exit 1; }
grep -E '^(early record|9 records|topic holds)' printed | tee seen

diff seen - <<'EXPECTED'
early record: InvalidTimestampException, retriable false
9 records beside it: 9 failed, KafkaException, retriable false
topic holds 0 records
EXPECTED
