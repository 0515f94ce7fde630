package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is read as an instant can be counted in milliseconds, and all else is a sentence. */
class EventInstantTest {

  @Property(tries = 500)
  void anyInstantIsWithinTheRuleOrRefusedWithTheRule(@ForAll("instants") Instant instant) {
    boolean fits = !instant.isBefore(Instant.EPOCH) && instant.isBefore(EventInstant.LAST);
    if (fits) {
      Instant read = EventInstant.parse("field at", instant.toString());
      assertThat(read).isEqualTo(instant);
      assertThat(Instant.ofEpochMilli(read.toEpochMilli())).isBeforeOrEqualTo(read);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> EventInstant.parse("field at", instant.toString()))
          .withMessageStartingWith("field at ")
          .withMessageEndingWith("give an instant of the years 1970 to 9999");
    }
  }

  @Property(tries = 500)
  void anyTextIsAnInstantOrASentence(@ForAll String text) {
    try {
      assertThat(EventInstant.parse("field at", text)).isBetween(Instant.EPOCH, EventInstant.LAST);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("field at ").matches("[^\n\r]{20,200}");
    }
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
        .map(second -> Instant.ofEpochSecond(second, Math.floorMod(second, 1_000_000_000L)));
  }
}
