package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.litellm.Yaml.Entry;
import dev.gatehouse.gateway.litellm.Yaml.Mapping;
import dev.gatehouse.gateway.litellm.Yaml.Place;
import dev.gatehouse.gateway.litellm.Yaml.Scalar;
import dev.gatehouse.gateway.litellm.Yaml.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one file. Refused are duplicate keys (LiteLLM takes the last one in silence), keys that are
 * no texts, aliases that lead back to themselves, more than one document, and whatever is more than
 * the bounds. No message repeats a value.
 */
final class YamlReader {
  /** A thousand deployments are a quarter of that. */
  static final int MOST_BYTES = 1 << 20;

  private static final int MOST_DEPTH = 64;
  private static final int MOST_VALUES = 100_000;
  private static final String MERGE = "<<";

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setCodePointLimit(MOST_BYTES)
          // These are told by ourselves, with lines; what aliases expand to is counted.
          .setAllowDuplicateKeys(true)
          .setAllowNonScalarKeys(true)
          .setMaxAliasesForCollections(MOST_VALUES)
          .build();

  private final IdentityHashMap<Node, Yaml> read = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
  private final String file;

  private YamlReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param file its name, for places
   * @return its mapping; an empty one where the file has nothing
   */
  static Mapping read(String file, byte[] bytes) throws ImportException {
    String text = text(bytes);
    Composer composer =
        new Composer(
            SETTINGS,
            new BoundedParser(new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text))));
    try {
      if (!composer.hasNext()) {
        return new Mapping(new Place(file, 1), List.of(), 1);
      }
      Yaml content = new YamlReader(file).value(composer.next());
      if (composer.hasNext()) {
        throw new ImportException("it has more than one document (---)");
      }
      if (!(content instanceof Mapping mapping)) {
        throw new ImportException("it is no mapping of keys to values");
      }
      return mapping;
    } catch (TooMuchException e) {
      throw new ImportException(String.valueOf(e.getMessage()));
    } catch (MarkedYamlEngineException e) {
      String where =
          e.getProblemMark().map(mark -> "line %d: ".formatted(mark.getLine() + 1)).orElse("");
      throw new ImportException(where + problem(String.valueOf(e.getProblem())));
    } catch (YamlEngineException e) {
      throw new ImportException(problem(String.valueOf(e.getMessage())));
    }
  }

  private static String problem(String message) {
    return "it is no YAML: " + Printable.of(message.lines().findFirst().orElse(""), 200);
  }

  private static String text(byte[] bytes) throws ImportException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ImportException("it is not UTF-8");
    }
  }

  private Yaml value(Node node) throws ImportException {
    Yaml known = read.get(node);
    if (known != null) {
      return known;
    }
    if (open.put(node, true) != null) {
      throw new ImportException("line %d: an alias leads back to itself".formatted(line(node)));
    }
    Yaml value =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence -> sequence(sequence);
          case MappingNode mapping -> mapping(mapping);
          default -> throw new ImportException("line %d: an unknown value".formatted(line(node)));
        };
    open.remove(node);
    read.put(node, value);
    return value;
  }

  private Scalar scalar(ScalarNode node) {
    return new Scalar(place(node), node.getValue(), node.isPlain());
  }

  private Sequence sequence(SequenceNode node) throws ImportException {
    List<Yaml> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(value(item));
    }
    return new Sequence(place(node), items, size(items, node));
  }

  private Mapping mapping(MappingNode node) throws ImportException {
    Map<String, Entry> own = new LinkedHashMap<>();
    List<Mapping> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        throw new ImportException(
            "line %d: a key that is no text".formatted(line(tuple.getKeyNode())));
      }
      Scalar key = scalar(keyNode);
      Yaml value = value(tuple.getValueNode());
      if (key.text().equals(MERGE) && key.plain()) {
        merged.addAll(sources(value));
        continue;
      }
      Entry before = own.put(key.text(), new Entry(key.at(), key.text(), value));
      if (before != null) {
        throw new ImportException(
            "line %d: the key %s stands in line %d already; LiteLLM would take the last one only"
                .formatted(key.at().line(), Printable.of(key.text(), 60), before.at().line()));
      }
    }
    merged.forEach(
        source -> source.entries().forEach(entry -> own.putIfAbsent(entry.key(), entry)));
    List<Entry> entries = List.copyOf(own.values());
    return new Mapping(
        place(node), entries, size(entries.stream().map(Entry::value).toList(), node));
  }

  private static List<Mapping> sources(Yaml value) throws ImportException {
    return switch (value) {
      case Mapping mapping -> List.of(mapping);
      case Sequence sequence -> {
        List<Mapping> all = new ArrayList<>();
        for (Yaml item : sequence.items()) {
          if (!(item instanceof Mapping mapping)) {
            throw new ImportException("line %d: << merges no mapping".formatted(item.at().line()));
          }
          all.add(mapping);
        }
        yield all;
      }
      case Scalar scalar ->
          throw new ImportException("line %d: << merges no mapping".formatted(scalar.at().line()));
    };
  }

  private static int size(List<? extends Yaml> parts, Node node) throws ImportException {
    long size = 1;
    for (Yaml part : parts) {
      size += part.size();
    }
    if (size > MOST_VALUES) {
      throw new ImportException(
          "line %d: aliases make more than %d values of it".formatted(line(node), MOST_VALUES));
    }
    return (int) size;
  }

  private Place place(Node node) {
    return new Place(file, line(node));
  }

  private static int line(Node node) {
    return mark(node.getStartMark()).getLine() + 1;
  }

  private static Mark mark(Optional<Mark> mark) {
    return mark.orElseThrow(() -> new IllegalStateException("marks are switched on"));
  }

  /** Ends the reading before the composer, which calls itself, is too deep. */
  private static final class BoundedParser implements Parser {
    private final Parser parser;
    private int depth;
    private int events;

    BoundedParser(Parser parser) {
      this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
      return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
      return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
      return parser.hasNext();
    }

    @Override
    public Event next() {
      Event event = parser.next();
      events++;
      Event.ID id = event.getEventId();
      if (id == Event.ID.SequenceStart || id == Event.ID.MappingStart) {
        depth++;
      } else if (id == Event.ID.SequenceEnd || id == Event.ID.MappingEnd) {
        depth--;
      }
      if (depth > MOST_DEPTH) {
        throw new TooMuchException(
            "line %d: more than %d values lie in each other".formatted(line(event), MOST_DEPTH));
      }
      if (events > 2 * MOST_VALUES) {
        throw new TooMuchException(
            "line %d: more than %d values".formatted(line(event), MOST_VALUES));
      }
      return event;
    }

    private static int line(Event event) {
      return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
  }

  /** Passes through the composer. */
  private static final class TooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchException(String message) {
      super(message);
    }
  }
}
