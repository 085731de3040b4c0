package dev.gptoss.samples.assistant.extract;

import jakarta.validation.constraints.Min;
import java.util.List;

/** What a customer orders. */
record Order(String customer, List<Item> items) {

    record Item(String product, @Min(1) int quantity) {}
}
