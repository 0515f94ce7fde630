package dev.flamingo.gateway;

import static dev.flamingo.gateway.HttpUser.json;
import static dev.flamingo.gateway.LiveGateway.completed;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class CommittedTest {

  private final LiveGateway gateway;

  CommittedTest(LiveGateway gateway) {
    this.gateway = gateway;
  }

  @Test
  void anAnswerOfAnAbortedTransactionNeverWas() throws Exception {
    HttpUser user = new HttpUser(gateway);
    var response =
        user.ask(
            """
            {"id":"committed","stream":"street","text":"in a transaction?"}""");
    Question asked = gateway.asked("in a transaction?");
    try (KafkaProducer<String, byte[]> producer = transactional()) {
      producer.initTransactions();
      answer(producer, completed(asked, "aborted"));
      producer.flush();
      producer.abortTransaction();
      answer(producer, completed(asked, "committed"));
      producer.commitTransaction();
    }

    assertThat(json(response.get(30, TimeUnit.SECONDS)).path("text").asText())
        .isEqualTo("committed");
    patiently().until(() -> user.get("/v1/questions/committed").statusCode() == 200);
    assertThat(json(user.get("/v1/questions/committed")).path("text").asText())
        .isEqualTo("committed");
  }

  private void answer(KafkaProducer<String, byte[]> producer, Answer answer) {
    producer.beginTransaction();
    byte[] value = new JsonSerde<>(Answer.class).write(answer);
    var unused =
        producer.send(new ProducerRecord<>(gateway.topics().answers(), answer.id(), value));
  }

  private KafkaProducer<String, byte[]> transactional() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", gateway.bootstrap(), "transactional.id", "committed-test"),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
