package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.key.VirtualKey;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The models that a key may ask, as OpenAI lists them. */
final class ModelList {
  /** Clients want a time; when a name was configured says nothing about a model. */
  private static final long CREATED = 0;

  private final Catalog catalog;
  private final VirtualKey key;

  ModelList(Catalog catalog, VirtualKey key) {
    this.catalog = catalog;
    this.key = key;
  }

  byte[] all() {
    ObjectNode list = LimitedJson.object().put("object", "list");
    ArrayNode data = list.putArray("data");
    catalog.table().names().stream()
        .filter(key.terms().scope()::allowsModel)
        .forEach(name -> describe(data.addObject(), name));
    return LimitedJson.bytes(list);
  }

  Optional<byte[]> one(String name) {
    return catalog
        .table()
        .find(name)
        .map(_ -> LimitedJson.bytes(describe(LimitedJson.object(), name)));
  }

  private static ObjectNode describe(ObjectNode model, String name) {
    return model
        .put("id", name)
        .put("object", "model")
        .put("created", CREATED)
        .put("owned_by", "gatehouse");
  }
}
