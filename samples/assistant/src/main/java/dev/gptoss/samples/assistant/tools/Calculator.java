package dev.gptoss.samples.assistant.tools;

import java.math.BigDecimal;
import java.math.MathContext;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;

/** Arithmetic with exact decimals. */
@Component
class Calculator {

    @Tool(description = "Adds two numbers.")
    BigDecimal add(BigDecimal a, BigDecimal b) {
        return a.add(b);
    }

    @Tool(description = "Multiplies two numbers.")
    BigDecimal multiply(BigDecimal a, BigDecimal b) {
        return a.multiply(b);
    }

    @Tool(description = "Divides the first number by the second.")
    BigDecimal divide(BigDecimal a, BigDecimal b) {
        return a.divide(b, MathContext.DECIMAL64).stripTrailingZeros();
    }
}
