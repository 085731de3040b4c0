package dev.gptoss.samples.assistant.tools;

import java.time.LocalDate;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Orders in an embedded database. */
@Component
class Orders {

    private final JdbcClient database;

    Orders(JdbcClient database) {
        this.database = database;
    }

    @Tool(name = "get_order_status", description = "Gets the status of an order.")
    public Order status(String id) {
        return database.sql("select id, product, status, delivery from orders where id = ?")
                .param(id)
                .query(Order.class)
                .optional()
                .orElseThrow(() -> unknown(id));
    }

    @Tool(name = "cancel_order", description = "Cancels an order.")
    @Transactional
    public Order cancel(String id) {
        Order order = status(id);
        if (order.status().equals("delivered")) {
            throw new IllegalStateException("Order " + id + " is delivered already and cannot be cancelled.");
        }
        database.sql("update orders set status = 'cancelled' where id = ?")
                .param(id)
                .update();
        return status(id);
    }

    private static IllegalArgumentException unknown(String id) {
        return new IllegalArgumentException("There is no order " + id + ".");
    }

    record Order(String id, String product, String status, LocalDate delivery) {}
}
