#!/usr/bin/env bash
# Flink 2.2.1: what an operator throws comes out of collect() in the operator before it, if the two are chained. A function
# that catches exceptions around its own work, to pass over a bad record, catches those of everything behind it, too, a sink
# included: the record is lost and the job ends as FINISHED. The same program without chaining fails. Chaining is on by
# default and depends on parallelism and partitioning, so whether the failure is seen changes with the shape of the job.
# Seen (JDK 17, local environment, parallelism 1):
#   chained: FINISHED, collect() threw ExceptionInChainedOperatorException, passed [1, 3]
#   not chained: failed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-streaming-java</artifactId><version>2.2.1</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-clients</artifactId><version>2.2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat >Show.java <<'JAVA'
import java.util.*;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

public class Show {
  static final List<String> CAUGHT = new CopyOnWriteArrayList<>();
  static final List<Integer> PASSED = new CopyOnWriteArrayList<>();

  /** Means to pass over records that it cannot work on itself. */
  public static class Careful extends ProcessFunction<Integer, Integer> {
    @Override
    public void processElement(Integer number, Context context, Collector<Integer> out) {
      try {
        out.collect(number);
      } catch (RuntimeException e) {
        CAUGHT.add(e.getClass().getSimpleName());
      }
    }
  }

  public static class Behind implements MapFunction<Integer, Integer> {
    @Override
    public Integer map(Integer number) {
      if (number == 2) {
        throw new IllegalStateException("a failure behind");
      }
      PASSED.add(number);
      return number;
    }
  }

  static String run(boolean chained) {
    CAUGHT.clear();
    PASSED.clear();
    Configuration settings = new Configuration();
    settings.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    if (!chained) {
      environment.disableOperatorChaining();
    }
    environment.fromData(1, 2, 3).process(new Careful()).map(new Behind()).sinkTo(new DiscardingSink<>());
    try {
      environment.execute();
      return "FINISHED, collect() threw " + String.join(" ", CAUGHT) + ", passed " + PASSED;
    } catch (Exception e) {
      return "failed";
    }
  }

  public static void main(String[] args) {
    System.out.println("chained: " + run(true));
    System.out.println("not chained: " + run(false));
    System.exit(0);
  }
}
JAVA
javac -cp 'lib/*' -d classes Show.java 2>errors || { cat errors; exit 1; }
java -cp 'classes:lib/*' Show 2>errors | tee seen || { cat errors; exit 1; }

diff seen - <<'EXPECTED'
chained: FINISHED, collect() threw ExceptionInChainedOperatorException, passed [1, 3]
not chained: failed
EXPECTED
