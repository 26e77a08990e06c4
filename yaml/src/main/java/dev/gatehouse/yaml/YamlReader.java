package dev.gatehouse.yaml;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.yaml.YamlException.Kind;
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
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
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
 * Reads YAML 1.2 (so that {@code on} is a key and no boolean). Refused are duplicate keys, keys
 * that are no texts, aliases that lead back to themselves, and whatever is more than the bounds. No
 * message repeats a value.
 */
public final class YamlReader {
  /**
   * GitHub takes no workflow of more than half a megabyte, and a thousand deployments of a gateway
   * are a quarter of one.
   */
  public static final int MOST_BYTES = 1 << 20;

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
  private final List<String> lines;
  private int merged;

  private YamlReader(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * The text of a file.
   *
   * @throws YamlException where it is no UTF-8, or too much
   */
  public static String text(byte[] bytes) throws YamlException {
    if (bytes.length > MOST_BYTES) {
      throw new YamlException("it has more than %d bytes".formatted(MOST_BYTES));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new YamlException("it is not UTF-8");
    }
  }

  /**
   * What a file has.
   *
   * @param documents usually one
   * @param aliases whether any of it stands for what is written in another place
   */
  public record Content(List<Yaml> documents, boolean aliases) {
    /** Takes a copy. */
    public Content {
      documents = List.copyOf(documents);
    }
  }

  /**
   * Reads a file that has one document with keys.
   *
   * @param file its name, for places
   * @return one without entries where the file has nothing
   * @throws YamlException where it is no YAML that can be read, or anything else
   */
  public static Yaml.Mapping mapping(String file, byte[] bytes) throws YamlException {
    List<Yaml> documents = read(file, text(bytes)).documents();
    if (documents.isEmpty()) {
      return Yaml.Mapping.of(new Yaml.Place(file, 1), List.of());
    }
    if (documents.size() > 1) {
      throw new YamlException("it has more than one document (---)");
    }
    if (!(documents.getFirst() instanceof Yaml.Mapping mapping)) {
      throw new YamlException("it is no mapping of keys to values");
    }
    return mapping;
  }

  /**
   * Reads a file.
   *
   * @param file its name, for places
   * @throws YamlException where it is no YAML that can be read
   */
  public static Content read(String file, String text) throws YamlException {
    YamlReader reader = new YamlReader(file, List.of(text.split("\r\n|\r|\n", -1)));
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    try {
      BoundedParser parser =
          new BoundedParser(new ParserImpl(SETTINGS, new StreamReader(SETTINGS, content)));
      Composer composer = new Composer(SETTINGS, parser);
      List<Yaml> documents = new ArrayList<>();
      while (composer.hasNext()) {
        documents.add(reader.value(composer.next()));
      }
      return new Content(documents, parser.aliases);
    } catch (TooMuchException e) {
      throw new YamlException(Kind.OTHER, e.line, String.valueOf(e.getMessage()));
    } catch (MarkedYamlEngineException e) {
      String problem = Printable.of(String.valueOf(e.getProblem()), 200);
      throw e.getProblemMark()
          .map(mark -> new YamlException(Kind.GRAMMAR, mark.getLine() + 1, problem))
          .orElseGet(() -> new YamlException(Kind.GRAMMAR, problem));
    } catch (YamlEngineException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new YamlException(Kind.GRAMMAR, Printable.of(first, 200));
    }
  }

  private Yaml value(Node node) throws YamlException {
    Yaml known = read.get(node);
    if (known != null) {
      return known;
    }
    if (open.put(node, true) != null) {
      throw new YamlException(Kind.OTHER, line(node), "an alias leads back to itself");
    }
    Yaml value =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence -> sequence(sequence);
          case MappingNode mapping -> mapping(mapping);
          default -> throw new YamlException(Kind.OTHER, line(node), "an unknown value");
        };
    open.remove(node);
    read.put(node, value);
    return value;
  }

  private Yaml.Scalar scalar(ScalarNode node) {
    Mark start = mark(node.getStartMark());
    Mark end = mark(node.getEndMark());
    int line = start.getLine() + 1;
    Yaml.Style style =
        node.getScalarStyle() == ScalarStyle.LITERAL
            ? Yaml.Style.LITERAL
            : node.getScalarStyle() == ScalarStyle.FOLDED ? Yaml.Style.FOLDED : Yaml.Style.FLOW;
    return new Yaml.Scalar(
        place(node), node.getValue(), style, start.getColumn(), last(line, end), node.isPlain());
  }

  /** A block ends where the next thing begins: before that are blank lines and comments. */
  private int last(int line, Mark end) {
    int last = end.getColumn() == 0 ? end.getLine() : end.getLine() + 1;
    last = Math.clamp(last, line, Math.max(line, lines.size()));
    while (last > line && lines.get(last - 1).isBlank()) {
      last--;
    }
    return last;
  }

  private Yaml.Sequence sequence(SequenceNode node) throws YamlException {
    List<Yaml> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(value(item));
    }
    boolean flow = node.getFlowStyle() == FlowStyle.FLOW;
    int line = line(node);
    int last = items.isEmpty() ? line : items.getLast().lastLine();
    return new Yaml.Sequence(
        place(node),
        items,
        flow,
        flow ? mark(node.getEndMark()).getLine() + 1 : Math.max(line, last),
        size(items, node));
  }

  private Yaml.Mapping mapping(MappingNode node) throws YamlException {
    Map<String, Yaml.Entry> own = new LinkedHashMap<>();
    List<Yaml.Mapping> sources = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        throw new YamlException(Kind.OTHER, line(tuple.getKeyNode()), "a key that is no text");
      }
      Yaml.Scalar key = scalar(keyNode);
      Yaml value = value(tuple.getValueNode());
      if (key.text().equals(MERGE) && key.plain()) {
        sources.addAll(sources(value, key.line()));
        continue;
      }
      Yaml.Entry before = own.put(key.text(), new Yaml.Entry(key, value));
      if (before != null) {
        throw new YamlException(
            Kind.REPEATED_KEY,
            key.line(),
            "the key %s stands in line %d already"
                .formatted(Printable.of(key.text(), 60), before.line()));
      }
    }
    int line = line(node);
    int last = own.isEmpty() ? line : new ArrayList<>(own.values()).getLast().value().lastLine();
    sources.forEach(
        source -> source.entries().forEach(entry -> own.putIfAbsent(entry.key().text(), entry)));
    List<Yaml.Entry> entries = List.copyOf(own.values());
    boolean flow = node.getFlowStyle() == FlowStyle.FLOW;
    return new Yaml.Mapping(
        place(node),
        entries,
        flow,
        mark(node.getStartMark()).getColumn(),
        flow ? mark(node.getEndMark()).getLine() + 1 : Math.max(line, last),
        size(entries.stream().map(Yaml.Entry::value).toList(), node));
  }

  /** Each merge copies: what a file merges in all is counted, not only what comes of it. */
  private List<Yaml.Mapping> sources(Yaml value, int line) throws YamlException {
    merged += value instanceof Yaml.Mapping mapping ? 1 + mapping.entries().size() : 1;
    if (merged > MOST_VALUES) {
      throw new YamlException(
          Kind.OTHER, line, "merge keys (<<) copy more than %d values".formatted(MOST_VALUES));
    }
    return switch (value) {
      case Yaml.Mapping mapping -> List.of(mapping);
      case Yaml.Sequence sequence -> {
        List<Yaml.Mapping> all = new ArrayList<>();
        for (Yaml item : sequence.items()) {
          all.addAll(sources(item, line));
        }
        yield all;
      }
      case Yaml.Scalar scalar ->
          throw new YamlException(Kind.OTHER, scalar.line(), "<< merges no mapping");
    };
  }

  private static int size(List<? extends Yaml> parts, Node node) throws YamlException {
    long size = 1;
    for (Yaml part : parts) {
      size += part.size();
    }
    if (size > MOST_VALUES) {
      throw new YamlException(
          Kind.OTHER, line(node), "aliases make more than %d values of it".formatted(MOST_VALUES));
    }
    return (int) size;
  }

  private Yaml.Place place(Node node) {
    return new Yaml.Place(file, line(node));
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
    private boolean aliases;

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
      @Nullable Mark mark = event.getStartMark().orElse(null);
      int line = mark == null ? 0 : mark.getLine() + 1;
      Event.ID id = event.getEventId();
      if (id == Event.ID.SequenceStart || id == Event.ID.MappingStart) {
        depth++;
      } else if (id == Event.ID.SequenceEnd || id == Event.ID.MappingEnd) {
        depth--;
      } else if (id == Event.ID.Alias) {
        aliases = true;
      }
      if (depth > MOST_DEPTH) {
        throw new TooMuchException(
            line, "more than %d values lie in each other".formatted(MOST_DEPTH));
      }
      if (events > 2 * MOST_VALUES) {
        throw new TooMuchException(line, "more than %d values".formatted(MOST_VALUES));
      }
      return event;
    }
  }

  /** Passes through the composer. */
  private static final class TooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    TooMuchException(int line, String message) {
      super(message);
      this.line = line;
    }
  }
}
