package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.python.SyntaxTree;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the layers of one file share: the facts, and how much may still be spent on it. */
final class Program {
  /** Steps of evaluation: enough for a payload of 100,000 characters decoded one by one. */
  private static final long MOST_STEPS = 3_000_000;

  private static final long LEAST_STEPS = 100_000;
  private static final int STEPS_PER_CHARACTER = 20;
  private static final long STEPS_OF_MODULES = 300_000;
  private static final int CHARACTERS_PER_STEP = 32;
  private static final int MOST_NEWS = 4_000;
  private static final int MOST_TEXTS = 5_000;

  /** Sources inside sources. LiteLLM 1.82.8 had two. */
  private static final int MOST_LAYERS = 200;

  private static final int MOST_MODULES = 40;

  private static final int MOST_DATA = 100;

  private static final int DEEPEST_LAYER = 12;

  /** Expressions and statements inside each other, over all calls and layers: bounds the stack. */
  private static final int DEEPEST = 600;

  private static final long MOST_LAYER_BYTES = 32L * 1024 * 1024;

  private final Facts facts = new Facts();
  private final Knowledge knowledge;
  private final Set<String> fetchedFiles = new HashSet<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Value.Function, Calls> calls = new IdentityHashMap<>();
  private final Set<String> newsRead = new HashSet<>();
  private final Set<String> layersSeen = new HashSet<>();
  private final Modules modules;
  private final Map<String, Scope> loaded = new HashMap<>();
  private final Set<String> outside = new HashSet<>();
  private final Map<String, Optional<byte[]>> data = new HashMap<>();
  private long steps;
  private int depth;
  private int unread;
  private int layers;
  private long layerBytes;
  private boolean isLimited;
  private boolean isDecorating;
  private boolean isPassedOver;
  private boolean isUnseen;

  /**
   * Begins a file.
   *
   * @param length of its source: a long payload takes long to decode, and a short file has none
   * @param modules that it may import
   */
  Program(Knowledge knowledge, int length, Modules modules) {
    this.knowledge = knowledge;
    this.modules = modules;
    boolean alone = modules.equals(Modules.none());
    long own = LEAST_STEPS + (long) length * STEPS_PER_CHARACTER;
    this.steps = Math.min(MOST_STEPS, alone ? own : own + STEPS_OF_MODULES);
  }

  Calls calls(Value.Function function) {
    return calls.computeIfAbsent(function, _ -> new Calls());
  }

  /** Whether no function of a source can do anything that matters, as far as its words go. */
  boolean isInert(SyntaxTree tree) {
    return modules.equals(Modules.none())
        && tree.unread() == 0
        && !knowledge.mayReach(tree.vocabulary());
  }

  Facts facts() {
    return facts;
  }

  Knowledge knowledge() {
    return knowledge;
  }

  /** A file now holds what came over a connection, or was decoded into a temporary folder. */
  void addFetched(String path) {
    if (isTelling(path)) {
      fetchedFiles.add(path);
    }
  }

  boolean isFetched(String path) {
    return fetchedFiles.contains(path);
  }

  /** Of a path that is not known at all, nothing can be said. */
  private static boolean isTelling(String path) {
    return path.chars().filter(c -> c != Value.HOLE && c != '/' && c != '.').count() > 2;
  }

  /** Another module, gone through the first time that it is asked for. */
  Optional<Value.Module> load(Interpreter importer, String path, String dotted) {
    return modules
        .module(path, dotted)
        .map(
            module -> {
              Scope scope = loaded.get(module.path());
              if (scope == null && loaded.size() < MOST_MODULES) {
                scope = new Scope(null);
                loaded.put(module.path(), scope);
                new Interpreter(this, module.tree(), module.path(), scope, importer).runModule();
              }
              return scope == null ? null : new Value.Module(module.path(), dotted, scope);
            });
  }

  /** Goes through a script of the distribution that is started as a program. */
  void runScript(String ending, Interpreter caller) {
    isUnseen |= modules.isPassedOver(caller.path(), ending);
    modules
        .script(ending)
        .filter(script -> loaded.size() < MOST_MODULES && loaded.get(script.path()) == null)
        .ifPresent(
            script -> {
              Scope scope = new Scope(null);
              loaded.put(script.path(), scope);
              scope.set("__name__", Value.text("__main__"));
              new Interpreter(this, script.tree(), script.path(), scope, caller).runModule();
            });
  }

  /** What a file holds that is no module, read by what runs by itself. */
  Optional<byte[]> data(Interpreter reader, String path) {
    return PackageData.ending(path)
        .filter(
            ending -> reader.isAutomatic() && (data.containsKey(ending) || data.size() < MOST_DATA))
        .flatMap(
            ending ->
                data.computeIfAbsent(
                    ending,
                    _ -> {
                      isPassedOver |= modules.isPassedOver(reader.path(), ending);
                      return modules.data(reader.path(), ending);
                    }));
  }

  /** What runs by itself executes what it read, and that was not kept. */
  void executesUnseen() {
    isUnseen |= isPassedOver;
  }

  boolean isUnseen() {
    return isUnseen;
  }

  /** The ends of the paths of such files. */
  Set<String> dataRead() {
    return data.keySet();
  }

  /** What runs by itself calls something that is not in this file; whether that is news. */
  boolean addOutside(String name) {
    return outside.add(name);
  }

  /** Statements of the file itself that could not be read. */
  void addUnread(int statements) {
    unread += statements;
  }

  int unread() {
    return unread;
  }

  Set<String> outside() {
    return outside;
  }

  /** Whether a decorator is at work: what it is given is called by whoever calls that later. */
  boolean isDecorating() {
    return isDecorating;
  }

  void decorating(boolean now) {
    isDecorating = now;
  }

  /** Takes a step; false where none is left, so that nothing is done more than once any more. */
  boolean step() {
    return steps > 0 && --steps > 0;
  }

  /** Takes as many steps as something cost; whether any are left. */
  boolean spend(long cost) {
    steps -= cost;
    return steps > 0;
  }

  /** Takes as many steps as it costs to make a value. */
  Value paid(Value made) {
    if (made instanceof Value.Text text) {
      steps -= text.text().length() / CHARACTERS_PER_STEP;
    } else if (made instanceof Value.Bytes bytes) {
      steps -= bytes.bytes().length / CHARACTERS_PER_STEP;
    }
    return made;
  }

  /** True the first time that it is asked of a text of moderate length. */
  boolean isNews(String text) {
    return text.length() < MOST_NEWS && newsRead.size() < MOST_TEXTS && newsRead.add(text);
  }

  boolean mayRepeat() {
    return steps > 0;
  }

  /** Goes one level deeper; false where that is too deep, so that it is not gone. */
  boolean enter() {
    return enter(1);
  }

  void leave() {
    leave(1);
  }

  /** Goes as many levels deeper as something takes of the stack. */
  boolean enter(int levels) {
    if (depth >= DEEPEST) {
      isLimited = true;
      return false;
    }
    depth += levels;
    return true;
  }

  void leave(int levels) {
    depth -= levels;
  }

  /** True the first time that it is asked of that object. */
  boolean isFirst(Object node) {
    return seen.add(node);
  }

  /**
   * Judges source that was found inside, as what it would do where it stands.
   *
   * @param given the values that it is given by name; for others it is judged again
   */
  void layer(String source, List<Value> given, Interpreter outer, int at) {
    StringBuilder key = new StringBuilder(source);
    for (Value value : given) {
      String shown = Value.shown(value);
      key.append('\0').append(shown.length()).append(':').append(shown.hashCode());
    }
    if (!layersSeen.add(key.toString())) {
      return;
    }
    layerBytes += source.length();
    if (++layers > MOST_LAYERS || layerBytes > MOST_LAYER_BYTES || outer.layer() >= DEEPEST_LAYER) {
      isLimited = true;
      return;
    }
    new Interpreter(this, SyntaxTree.of(source), outer, at).run();
  }

  /** Whether something was not looked at, because there was too much of it. */
  boolean isLimited() {
    return isLimited;
  }
}
