package dev.gptoss.samples.assistant.tools;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The time anywhere. */
@Component
class WallClock {

    private final Clock clock;

    WallClock(ObjectProvider<Clock> clock) {
        this.clock = clock.getIfUnique(Clock::systemUTC);
    }

    @Tool(name = "get_time", description = "Gets the local time for a time zone id.")
    String time(String timezone) {
        return ZonedDateTime.now(clock)
                .withZoneSameInstant(ZoneId.of(timezone))
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
    }
}
