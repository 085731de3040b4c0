package dev.gptoss.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Whatever masks let through, an independent validator accepts, formats asserted. Its e-mail addresses end in registered
 * domains only, so that format is left to the keyword tests; its JSON pointers have no '#', though RFC 6901 lets them.
 */
class RandomWalkTests {

    private static final int WALKS = Schemas.FULL ? 1_000 : 100;
    private static final int DRAWN = 60;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':['string','null']}},'required':['b'],'additionalProperties':false}",
                "{'type':'object','properties':{'id':{'type':'integer','format':'int32'}},'additionalProperties':{'type':'boolean'},'minProperties':2,'maxProperties':4}",
                "{'type':'object','patternProperties':{'^x-[a-z]{1,3}$':{'type':'number'}},'additionalProperties':false,'minProperties':1}",
                "{'type':'object','propertyNames':{'pattern':'^[a-c]{1,2}$'},'additionalProperties':{'type':'null'}}",
                "{'type':'object','properties':{'a':{'type':'boolean'},'b':{'type':'boolean'},'c':{'type':'boolean'}},'dependentRequired':{'a':['b','c']},'additionalProperties':false}",
                "{'type':'object','properties':{'kind':{'enum':['x','y']},'n':{}},'required':['kind'],'if':{'properties':{'kind':{'const':'x'}}},'then':{'required':['n'],'properties':{'n':{'type':'integer'}}},'else':{'properties':{'n':{'type':'boolean'}}},'additionalProperties':false}",
                "{'type':'array','items':{'type':'integer','minimum':-5,'maximum':105},'minItems':2,'maxItems':5}",
                "{'type':'array','prefixItems':[{'type':'string','maxLength':3},{'type':'boolean'}],'items':{'type':'null'}}",
                "{'type':'array','items':{'enum':['a','b','c',1,true,null]},'uniqueItems':true,'minItems':3}",
                "{'type':'array','items':{'type':'string','maxLength':2},'uniqueItems':true}",
                "{'type':'array','items':{'type':['integer','string'],'maxLength':3},'contains':{'type':'integer'},'minContains':2,'maxContains':3}",
                "{'type':'number','minimum':0.5,'exclusiveMaximum':100.25}",
                "{'type':'number','exclusiveMinimum':-1,'maximum':1}",
                "{'type':'integer','multipleOf':7,'minimum':-100}",
                "{'type':'number','multipleOf':0.5,'maximum':1000,'minimum':-1000}",
                "{'type':'number','not':{'type':'integer'},'minimum':-9}",
                "{'type':'string','minLength':3,'maxLength':12}",
                "{'type':'string','pattern':'^[A-Z]{2}-[0-9]+$','maxLength':8}",
                "{'type':'string','pattern':'foo','not':{'pattern':'bar'},'maxLength':40}",
                "{'enum':[{'a':[1,2.5]},[],'x',null,{'b':{}}]}",
                "{'oneOf':[{'type':'object','required':['a'],'properties':{'a':{'type':'integer'}}},{'type':'object','required':['b'],'properties':{'b':{'type':'string'}}}]}",
                "{'anyOf':[{'type':'string','format':'date'},{'type':'integer','minimum':5},{'type':'array','items':{'type':'boolean'},'maxItems':2}]}",
                "{'allOf':[{'type':'object','properties':{'a':{'type':'number','minimum':1}},'required':['a']},{'properties':{'a':{'maximum':2},'b':{'const':null}},'additionalProperties':false}]}",
                "{'not':{'type':['object','array','null']}}",
                "{'type':'object','additionalProperties':{'type':'integer'},'not':{'additionalProperties':{'minimum':0}}}",
                "{'$defs':{'node':{'type':'object','properties':{'v':{'type':'boolean'},'next':{'$ref':'#/$defs/node'}},'required':['v'],'additionalProperties':false}},'$ref':'#/$defs/node'}",
                "{'type':'string','format':'date-time'}",
                "{'type':'string','format':'date'}",
                "{'type':'string','format':'time'}",
                "{'type':'string','format':'duration'}",
                "{'type':'string','format':'hostname'}",
                "{'type':'string','format':'ipv4'}",
                "{'type':'string','format':'ipv6'}",
                "{'type':'string','format':'uuid'}",
                "{'type':'string','format':'uri'}",
                "{'type':'string','format':'uri-reference'}",
                "{'type':'string','format':'json-pointer'}",
                "{'type':'string','format':'relative-json-pointer'}",
                "{'type':'string','format':'regex'}"
            })
    void completedTextValidates(String quoted) {
        String schema = quoted.replace('\'', '"');
        CompiledSchema compiled = Schemas.compile(schema);
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaCompiler.JSON.readTree(schema));
        Random random = new Random(schema.hashCode());
        for (int i = 0; i < WALKS; i++) {
            String text = Schemas.walk(compiled, random, DRAWN);
            if (schema.contains("json-pointer") && text.contains("#")) {
                continue;
            }
            JsonNode value = SchemaCompiler.JSON.readTree(text);
            List<Error> errors = validator.validate(
                    value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
            assertThat(errors).as("%s by %s", text, schema).isEmpty();
        }
    }
}
