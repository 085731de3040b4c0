package dev.gptoss.samples.assistant.tools;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;

/** Weather that depends on nothing but the name of the city. */
@Component
class Weather {

    private static final String[] CONDITIONS = {"sunny", "cloudy", "rainy", "snowy", "windy"};

    @Tool(name = "get_weather", description = "Gets the current weather for a city.")
    Report weather(String city) {
        int seed = Math.floorMod(city.strip().toLowerCase(java.util.Locale.ROOT).hashCode(), 1000);
        return new Report(city, CONDITIONS[seed % CONDITIONS.length], seed % 35 - 4);
    }

    record Report(String city, String condition, int temperature) {}
}
