package dev.gptoss.samples.assistant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where the page is once it is there. */
@Component
class WhereToLook {

    private static final Logger LOG = LoggerFactory.getLogger(WhereToLook.class);

    @EventListener
    void tell(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            LOG.info(
                    "The assistant is at http://localhost:{}",
                    web.getWebServer().getPort());
        }
    }
}
