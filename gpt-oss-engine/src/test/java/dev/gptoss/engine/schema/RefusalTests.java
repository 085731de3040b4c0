package dev.gptoss.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'properties':{'a':{'pattern':'^(a)\\\\1$'}}} | /properties/a | pattern | back-references",
                "{'properties':{'a':{'pattern':'(?<=x)y'}}} | /properties/a | pattern | lookbehind",
                "{'$defs':{'a':{'$dynamicAnchor':'x'},'b':{'$dynamicAnchor':'x'}},'items':{'$dynamicRef':'#x','unevaluatedProperties':false}} | /items | $dynamicRef | several schemas",
                "{'$ref':'http://example.com/other.json'} | `` | $ref | not found in this document",
                "{'$ref':'#/$defs/nowhere'} | `` | $ref | not found in this document",
                "{'$defs':{'a':{'$ref':'#/$defs/a'}},'$ref':'#/$defs/a'} | /$defs/a | $ref | cycle",
                "{'type':'whatever'} | `` | type | is not one of",
                "{'minimum':'1'} | `` | minimum | must be a number",
                "{'minLength':-1} | `` | minLength | non-negative integer",
                "{'type':'string','pattern':'^(a{2000}){2000}$'} | `` | pattern | more than",
                "{'type':'string','minLength':3,'maxLength':2} | `` | `` | no instance can satisfy",
                "{'type':'object','required':['a'],'properties':{'a':{'$ref':'#'}}} | `` | `` | no instance can satisfy",
                "{'type':'array','uniqueItems':true,'items':{'type':'object'}} | `` | uniqueItems | arrays or objects",
                "{'not':{'multipleOf':3}} | /not | multipleOf | cannot be negated",
                "false | `` | `` | no instance can satisfy",
                "[1] | `` | `` | a schema is an object or a boolean"
            })
    void refusalNamesPlaceKeywordAndReason(String quoted, String pointer, String keyword, String reason) {
        SchemaNotSupportedException refusal = catchThrowableOfType(
                SchemaNotSupportedException.class, () -> Schemas.compile(quoted.replace('\'', '"')));
        assertThat(refusal).isNotNull();
        assertThat(refusal.pointer()).isEqualTo(pointer);
        assertThat(refusal.keyword()).isEqualTo(keyword);
        assertThat(refusal).hasMessageContaining(reason);
    }

    @Test
    void textThatIsNoJsonIsRefused() {
        assertThat(catchThrowableOfType(SchemaNotSupportedException.class, () -> Schemas.compile("{")))
                .hasMessageContaining("not JSON");
    }

    @Test
    void wordsThatTheDialectDoesNotDefineAreReported() {
        CompiledSchema schema = Schemas.compile(
                "{\"type\":\"string\",\"format\":\"shoe-size\",\"x-order\":1,\"title\":\"t\",\"description\":\"d\"}");
        assertThat(schema.annotations()).containsExactly("/format", "/x-order");
    }
}
