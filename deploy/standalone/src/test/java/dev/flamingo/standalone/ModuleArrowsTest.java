package dev.flamingo.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The arrows between the modules point one way, as the README draws them. */
// Reading all classes takes seconds: once is enough.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModuleArrowsTest {

  private static final String SETTINGS = "dev.flamingo.settings..";
  private static final String EVENTS = "dev.flamingo.events..";
  private static final String INGEST = "dev.flamingo.ingest..";
  private static final String MODEL = "dev.flamingo.model..";
  private static final String TRAINING = "dev.flamingo.training..";
  private static final String JOB = "dev.flamingo.job..";
  private static final String GATEWAY = "dev.flamingo.gateway..";
  private static final String STANDALONE = "dev.flamingo.standalone..";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.flamingo");

  @Test
  void settingsKnowNoOtherModule() {
    mustNotKnow(
        SETTINGS,
        EVENTS,
        INGEST,
        MODEL,
        TRAINING,
        JOB,
        GATEWAY,
        STANDALONE,
        "org.apache.kafka..",
        "org.apache.flink..");
  }

  @Test
  void eventsKnowSettingsAlone() {
    mustNotKnow(EVENTS, INGEST, MODEL, TRAINING, JOB, GATEWAY, STANDALONE);
  }

  @Test
  void ingestAndGatewayKnowEventsAlone() {
    mustNotKnow(INGEST, MODEL, TRAINING, JOB, GATEWAY, STANDALONE);
    mustNotKnow(GATEWAY, INGEST, MODEL, TRAINING, JOB, STANDALONE);
  }

  @Test
  void modelKnowsNothingOfStreaming() {
    mustNotKnow(
        MODEL,
        EVENTS,
        INGEST,
        TRAINING,
        JOB,
        GATEWAY,
        STANDALONE,
        "org.apache.kafka..",
        "org.apache.flink..");
  }

  @Test
  void jobKnowsEventsAndModel() {
    mustNotKnow(JOB, INGEST, TRAINING, GATEWAY, STANDALONE);
  }

  @Test
  void trainingKnowsModelAndIngest() {
    mustNotKnow(TRAINING, EVENTS, JOB, GATEWAY, STANDALONE);
  }

  @Test
  void modulesDoNotGoInCircles() {
    SlicesRuleDefinition.slices()
        .matching("dev.flamingo.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  private void mustNotKnow(String module, String... others) {
    noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true)
        .check(classes);
  }
}
