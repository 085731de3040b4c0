package dev.gptoss.samples.assistant.tools;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The time here. */
@Component
class WallClock {

    private final Clock clock;

    WallClock(ObjectProvider<Clock> clock) {
        this.clock = clock.getIfUnique(Clock::systemDefaultZone);
    }

    @Tool(name = "current_date", description = "Get the current date and time in the user's timezone")
    String now() {
        return ZonedDateTime.now(clock).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
    }
}
