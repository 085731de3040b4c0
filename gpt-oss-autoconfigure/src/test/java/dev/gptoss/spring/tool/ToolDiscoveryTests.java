package dev.gptoss.spring.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ToolDefinition;
import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.autoconfigure.ToolDiscoveryAutoConfiguration;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

class ToolDiscoveryTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GptOssAutoConfiguration.class,
                    ToolDiscoveryAutoConfiguration.class,
                    ToolCallingAutoConfiguration.class,
                    ChatClientAutoConfiguration.class))
            .withBean(ScriptedEngine.class);

    @Test
    void toolOfABeanIsOfferedCalledAndAnswered() {
        runner.withBean(Weather.class).run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            engine.reply(Reply.toolCall("weather", "{\"city\":\"Oslo\"}")).reply(Reply.text("Cold."));

            String answer = client(context).prompt("Weather in Oslo?").call().content();

            assertThat(answer).isEqualTo("Cold.");
            assertThat(offered(engine)).containsExactly("weather");
            assertThat(context.getBean(Weather.class).asked).containsExactly("Oslo");
        });
    }

    @Test
    void streamedAnswersHaveTheToolsToo() {
        runner.withBean(Weather.class).run(context -> {
            context.getBean(ScriptedEngine.class)
                    .reply(Reply.toolCall("weather", "{\"city\":\"Oslo\"}"))
                    .reply(Reply.text("Cold."));

            List<String> answer = client(context).prompt("Weather in Oslo?").stream()
                    .content()
                    .collectList()
                    .block();

            assertThat(String.join("", answer)).isEqualTo("Cold.");
            assertThat(context.getBean(Weather.class).asked).containsExactly("Oslo");
        });
    }

    @Test
    void sameBeanPassedByHandIsNoError() {
        runner.withBean(Weather.class).run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            engine.reply(Reply.text("Cold."));

            client(context)
                    .prompt("Weather?")
                    .tools(context.getBean(Weather.class))
                    .call()
                    .content();

            assertThat(offered(engine)).containsExactly("weather");
        });
    }

    @Test
    void toolsKeepOneOrder() {
        runner.withBean(Weather.class).withBean(Many.class).run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            engine.reply(Reply.text("Yes."));

            client(context).prompt("Go").call().content();

            assertThat(offered(engine)).containsExactly("weather", "alpha", "beta", "gamma");
        });
    }

    @Test
    void lazyBeansAreNotMadeBeforeTheyAreCalled() {
        Later.MADE.set(0);
        runner.withUserConfiguration(LazyConfiguration.class).run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            engine.reply(Reply.text("No.")).reply(Reply.toolCall("later", "{}")).reply(Reply.text("Yes."));

            client(context).prompt("Go").call().content();
            assertThat(offered(engine)).containsExactly("later");
            assertThat(Later.MADE).hasValue(0);

            client(context).prompt("Go").call().content();
            assertThat(Later.MADE).hasValue(1);
        });
    }

    @Test
    void adviceOfProxiesOfBothKindsIsKept() {
        runner.withUserConfiguration(ProxyConfiguration.class).run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            engine.reply(Reply.toolCall("byInterface", "{\"city\":\"Oslo\"}").andToolCall("bySubclass", "{}"))
                    .reply(Reply.text("Done."));
            int before = ProxyConfiguration.ADVISED.get();

            client(context).prompt("Go").call().content();

            assertThat(Proxy.isProxyClass(context.getBean("byInterface").getClass()))
                    .isTrue();
            assertThat(offered(engine)).containsExactly("byInterface", "bySubclass");
            assertThat(ProxyConfiguration.ADVISED.get() - before).isEqualTo(2);
        });
    }

    @Test
    void discoveryIsOffByProperty() {
        runner.withBean(Weather.class)
                .withPropertyValues("gpt-oss.tools.discovery=false")
                .run(context -> {
                    ScriptedEngine engine = context.getBean(ScriptedEngine.class);
                    engine.reply(Reply.text("Yes."));

                    client(context).prompt("Go").call().content();

                    assertThat(context).doesNotHaveBean(ToolCatalog.class);
                    assertThat(offered(engine)).isEmpty();
                });
    }

    @Test
    void discoveryIsOffByAnnotation() {
        runner.withUserConfiguration(ExcludedConfiguration.class).run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            engine.reply(Reply.text("Yes."));

            client(context).prompt("Go").call().content();

            assertThat(offered(engine)).containsExactly("shown");
        });
    }

    @Test
    void discoveryIsOffForOneClient() {
        runner.withBean(Weather.class).run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            engine.reply(Reply.text("Yes.")).reply(Reply.text("Yes."));

            context.getBean(ChatClient.Builder.class)
                    .defaultAdvisors(ToolCatalog::notOffered)
                    .build()
                    .prompt("Go")
                    .call()
                    .content();
            assertThat(offered(engine)).isEmpty();

            client(context).prompt("Go").call().content();
            assertThat(offered(engine)).containsExactly("weather");
        });
    }

    @Test
    void twoBeansWithOneNameKeepTheApplicationFromStarting() {
        runner.withBean("north", Weather.class)
                .withBean("south", Weather.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(DuplicateToolNameException.class)
                        .hasMessageContaining("'weather'")
                        .hasMessageContaining("bean 'north' (Weather.weather)")
                        .hasMessageContaining("bean 'south' (Weather.weather)"));
    }

    @Test
    void anotherModelInTheSameContextGetsNoTools() {
        runner.withBean(Weather.class)
                .withUserConfiguration(OtherModelConfiguration.class)
                .run(context -> {
                    ScriptedEngine engine = context.getBean(ScriptedEngine.class);
                    engine.reply(Reply.text("Ours."));
                    var configurer = context.getBean(ChatClientBuilderConfigurer.class);
                    OtherModel other = context.getBean(OtherModel.class);

                    ChatClient theirs =
                            configurer.configure(ChatClient.builder(other)).build();
                    ChatClient ours = configurer
                            .configure(ChatClient.builder(context.getBean(GptOssChatModel.class)))
                            .build();

                    assertThat(theirs.prompt("Go").call().content()).isEqualTo("Theirs.");
                    assertThat(ours.prompt("Go").call().content()).isEqualTo("Ours.");
                    assertThat(((ToolCallingChatOptions) other.asked.getOptions()).getToolCallbacks())
                            .isNullOrEmpty();
                    assertThat(offered(engine)).containsExactly("weather");
                });
    }

    @Test
    void toolsAreNeverInTheOptionsOfTheModel() {
        runner.withBean(Weather.class).run(context -> {
            context.getBean(ScriptedEngine.class).reply(Reply.text("Yes."));

            client(context).prompt("Go").call().content();

            assertThat(context.getBean(GptOssChatModel.class).getOptions().getToolCallbacks())
                    .isNull();
        });
    }

    @Test
    void concurrentCallsKeepTheirOrderAndOneFailureSparesTheOthers() {
        runner.withBean(Together.class)
                .withPropertyValues("gpt-oss.tools.concurrent=true")
                .run(context -> {
                    ScriptedEngine engine = context.getBean(ScriptedEngine.class);
                    engine.reply(Reply.toolCall("meet", "{\"name\":\"first\"}")
                                    .andToolCall("fail", "{}")
                                    .andToolCall("meet", "{\"name\":\"second\"}"))
                            .reply(Reply.text("Done."));

                    assertThat(client(context).prompt("Go").call().content()).isEqualTo("Done.");

                    var messages = ((dev.gptoss.engine.Prompt.Chat)
                                    engine.lastRequest().prompt())
                            .conversation()
                            .messages();
                    assertThat(messages.subList(messages.size() - 3, messages.size()))
                            .extracting(Message::text)
                            .satisfiesExactly(
                                    text -> assertThat(text).isEqualTo("\"first met\""),
                                    text -> assertThat(text).contains("the disk is gone"),
                                    text -> assertThat(text).isEqualTo("\"second met\""));
                });
    }

    private static ChatClient client(ApplicationContext context) {
        return context.getBean(ChatClient.Builder.class).build();
    }

    private static List<String> offered(ScriptedEngine engine) {
        return engine.lastRequest().tools().stream().map(ToolDefinition::name).toList();
    }

    static class Weather {
        final List<String> asked = new ArrayList<>();

        @Tool(description = "Weather of a city.")
        String weather(String city) {
            asked.add(city);
            return "4 degrees";
        }
    }

    static class Many {
        @Tool
        String gamma() {
            return "c";
        }

        @Tool
        String alpha() {
            return "a";
        }

        @Tool
        String beta() {
            return "b";
        }
    }

    static class Later {
        static final AtomicInteger MADE = new AtomicInteger();

        Later() {
            MADE.incrementAndGet();
        }

        @Tool
        String later() {
            return "now";
        }
    }

    static class Together {
        private final CyclicBarrier barrier = new CyclicBarrier(2);

        @Tool
        String meet(String name) throws Exception {
            barrier.await(5, TimeUnit.SECONDS);
            return name + " met";
        }

        @Tool
        String fail() throws IOException {
            throw new IOException("the disk is gone");
        }
    }

    interface ByInterface {
        String byInterface(String city);
    }

    static class ByInterfaceBean implements ByInterface {
        @Tool
        @Override
        public String byInterface(String city) {
            return city;
        }
    }

    static class BySubclassBean {
        @Tool
        public String bySubclass() {
            return "x";
        }
    }

    static class Shown {
        @Tool
        String shown() {
            return "a";
        }

        @Tool
        @ExcludeFromDiscovery
        String hiddenMethod() {
            return "b";
        }
    }

    @ExcludeFromDiscovery
    static class HiddenType {
        @Tool
        String hiddenType() {
            return "c";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ExcludedConfiguration {
        @Bean
        Shown shown() {
            return new Shown();
        }

        @Bean
        HiddenType hiddenType() {
            return new HiddenType();
        }

        @Bean
        @ExcludeFromDiscovery
        Weather hiddenBean() {
            return new Weather();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyConfiguration {
        @Bean
        @Lazy
        Later later() {
            return new Later();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ProxyConfiguration {
        static final AtomicInteger ADVISED = new AtomicInteger();

        @Bean
        static BeanNameAutoProxyCreator proxies() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("byInterface", "bySubclass");
            creator.setInterceptorNames("counting");
            return creator;
        }

        @Bean
        static MethodInterceptor counting() {
            return invocation -> {
                ADVISED.incrementAndGet();
                return invocation.proceed();
            };
        }

        @Bean
        ByInterface byInterface() {
            return new ByInterfaceBean();
        }

        @Bean
        BySubclassBean bySubclass() {
            return new BySubclassBean();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherModelConfiguration {
        @Bean
        @Primary
        OtherModel otherModel() {
            return new OtherModel();
        }
    }

    /** A chat model that is not ours, with tools of its own kind of options. */
    static class OtherModel implements ChatModel {
        Prompt asked;

        @Override
        public ChatResponse call(Prompt prompt) {
            asked = prompt;
            return new ChatResponse(List.of(new Generation(new AssistantMessage("Theirs."))));
        }

        @Override
        public ToolCallingChatOptions getOptions() {
            return ToolCallingChatOptions.builder().build();
        }
    }
}
