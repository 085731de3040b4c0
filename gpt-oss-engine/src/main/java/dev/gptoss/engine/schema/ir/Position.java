package dev.gptoss.engine.schema.ir;

import tools.jackson.databind.JsonNode;

/**
 * A place in a schema document where a schema stands.
 *
 * @param id number within the document; 0 is the schema that accepts everything
 * @param pointer JSON pointer of the place
 */
record Position(int id, JsonNode node, String pointer) {}
