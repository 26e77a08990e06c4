package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.python.Expression;
import dev.gatehouse.inspection.python.Expression.Argument;
import dev.gatehouse.inspection.python.Expression.Parameter;
import dev.gatehouse.inspection.python.Statement;
import dev.gatehouse.inspection.python.Statement.Branch;
import dev.gatehouse.inspection.python.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a source as Python would, on what is known of its values, and notes what it does.
 * Nothing of it is run: calls are looked up in {@link KnownCalls}, both sides of a condition are
 * taken, and a loop is unrolled only over values that are known. A function is gone through where
 * it is called, and once more at the end where nothing called it.
 */
final class Interpreter {
  private static final int DEEPEST_CALL = 8;
  private static final int MOST_ROUNDS = 200_000;
  private static final int MOST_EVIDENCE = 300;

  private final Program program;
  private final SyntaxTree tree;
  private final String path;
  private final int layer;
  private final Facts.@Nullable Place outerPlace;
  private final Evaluator evaluator;
  private final List<Uncalled> functions = new ArrayList<>();
  private Scope scope;
  private boolean automatic;
  private int callDepth;
  private int perhaps;
  private @Nullable Value returned;

  /** A function that may turn out never to be called here, and the object that it belongs to. */
  private record Uncalled(Value.Function function, Value.@Nullable Instance self) {}

  /**
   * A file of its own.
   *
   * @param isMain whether it is run as a program, and not imported
   */
  Interpreter(Program program, SyntaxTree tree, String path, boolean isAutomatic, boolean isMain) {
    this.program = program;
    this.tree = tree;
    this.path = path;
    this.layer = 0;
    this.outerPlace = null;
    this.scope = new Scope(null);
    this.automatic = isAutomatic;
    this.evaluator = new Evaluator(this, program);
    scope.set("__name__", isMain ? Value.text("__main__") : Value.UNKNOWN);
  }

  /** Another module, which another imports or starts. */
  Interpreter(Program program, SyntaxTree tree, String path, Scope scope, Interpreter importer) {
    this.program = program;
    this.tree = tree;
    this.path = path;
    this.layer = importer.layer;
    this.outerPlace = null;
    this.scope = scope;
    this.automatic = importer.automatic;
    this.evaluator = new Evaluator(this, program);
  }

  /** A source inside another, which runs in the scope that the outer one has then. */
  Interpreter(Program program, SyntaxTree tree, Interpreter outer, int at) {
    this.program = program;
    this.tree = tree;
    this.path = outer.path;
    this.layer = outer.layer + 1;
    this.outerPlace = outer.place(at);
    this.scope = outer.scope;
    this.automatic = outer.automatic;
    this.evaluator = new Evaluator(this, program);
  }

  String path() {
    return path;
  }

  int layer() {
    return layer;
  }

  Scope scope() {
    return scope;
  }

  boolean isAutomatic() {
    return automatic;
  }

  Program program() {
    return program;
  }

  Facts.Place place(int at) {
    String line = tree.line(at).strip();
    // Of a line that fills screens only what matters is shown.
    String evidence = line.length() > MOST_EVIDENCE ? tree.rest(at, MOST_EVIDENCE) : line;
    return new Facts.Place(
        path, outerPlace == null ? tree.lineOf(at) : outerPlace.line(), evidence);
  }

  void note(Fact fact, int at) {
    program.facts().add(fact, automatic, place(at));
  }

  /** Goes through what importing or starting it runs. */
  void runModule() {
    block(tree.statements());
    // Whoever imports a name that the module does not have, calls it (PEP 562).
    if (automatic && scope.values().get("__getattr__") instanceof Value.Function maker) {
      evaluator.invoke(maker, List.of(Value.UNKNOWN), Map.of(), 0);
    }
  }

  /** Goes through everything. */
  void run() {
    runModule();
    boolean before = automatic;
    automatic = false;
    if (layer == 0 && program.isInert(tree)) {
      // Its functions can do nothing, whoever calls them: only its texts may tell something.
      tree.vocabulary().literals().forEach(evaluator::evaluate);
      functions.clear();
    }
    for (int i = 0; i < functions.size(); i++) {
      Uncalled uncalled = functions.get(i);
      if (program.isFirst(uncalled.function())) {
        List<Value> arguments = uncalled.self() == null ? List.of() : List.of(uncalled.self());
        enter(uncalled.function(), arguments, Map.of());
      }
    }
    automatic = before;
  }

  private void block(List<Statement> statements) {
    for (Statement statement : statements) {
      execute(statement);
    }
  }

  private void execute(Statement statement) {
    if (program.enter()) {
      try {
        perform(statement);
      } finally {
        program.leave();
      }
    }
  }

  private void perform(Statement statement) {
    switch (statement) {
      case Statement.Evaluate it -> {
        // A string alone is a comment.
        if (!(it.value() instanceof Expression.Constant)) {
          evaluator.evaluate(it.value());
        }
      }
      case Statement.Assign it -> {
        Value value = evaluator.evaluate(it.value());
        it.targets().forEach(target -> assign(target, value));
      }
      case Statement.Augment it -> augment(it);
      case Statement.Define it -> define(it);
      case Statement.DefineClass it -> defineClass(it);
      case Statement.If it -> conditional(it);
      case Statement.While it -> loop(it);
      case Statement.For it -> loop(it);
      case Statement.Blocks it -> attempt(it);
      case Statement.With it -> {
        List<Value> managers = new ArrayList<>();
        for (Statement.WithItem item : it.items()) {
          Value manager = evaluator.evaluate(item.value());
          managers.add(manager);
          Value value = evaluator.special().entered(manager, it.at());
          if (item.target() != null) {
            assign(item.target(), value);
          }
        }
        block(it.body());
        managers.reversed().forEach(manager -> evaluator.special().left(manager, it.at()));
      }
      case Statement.Import it -> it.names().forEach(this::bind);
      case Statement.ImportFrom it -> bindFrom(it);
      case Statement.Return it -> {
        if (it.value() != null) {
          Value value = evaluator.evaluate(it.value());
          if (returned == null || Value.interest(value) >= Value.interest(returned)) {
            returned = value;
          }
        }
      }
      case Statement.Global it -> it.names().forEach(scope::declareElsewhere);
    }
  }

  private void bind(Statement.Alias alias) {
    if (alias.as() != null) {
      scope.set(alias.as(), module(path, alias.name()));
    } else {
      int dot = alias.name().indexOf('.');
      String top = dot < 0 ? alias.name() : alias.name().substring(0, dot);
      scope.set(top, module(path, top));
      if (dot > 0) {
        module(path, alias.name());
      }
    }
  }

  /** A module of the same distribution as it is, any other by its name. */
  Value module(String importer, String dotted) {
    return program
        .load(this, importer, dotted)
        .<Value>map(module -> module)
        .orElseGet(() -> Value.Reference.to(Knowledge.canonical(dotted)));
  }

  private void bindFrom(Statement.ImportFrom from) {
    Value module = module(path, from.module());
    for (Statement.Alias alias : from.names()) {
      if (alias.name().equals("*")) {
        if (module instanceof Value.Module own) {
          own.scope().values().forEach(scope::set);
        }
        program.knowledge().starred(from.module()).forEach(scope::set);
      } else {
        Value value = evaluator.attribute(module, alias.name(), from.at());
        set(alias.as() == null ? alias.name() : alias.as(), value);
      }
    }
  }

  private void attempt(Statement.Blocks it) {
    block(it.blocks().getFirst());
    perhaps++;
    for (List<Statement> other : it.blocks().subList(1, it.blocks().size())) {
      block(other);
    }
    perhaps--;
  }

  private void conditional(Statement.If it) {
    boolean before = automatic;
    boolean taken = false;
    for (Branch branch : it.branches()) {
      boolean isMain = branch.test() != null && isMainTest(branch.test());
      Value test = branch.test() == null ? null : evaluator.evaluate(branch.test());
      @Nullable Boolean truth =
          test == null ? Boolean.TRUE : evaluator.special().truth(test, it.at());
      if (isMain) {
        automatic = automatic && isStarted();
        perhaps(branch.body());
        automatic = before;
      } else if (taken || Boolean.FALSE.equals(truth)) {
        aside(branch.body());
      } else if (truth == null || test == null) {
        perhaps(branch.body());
      } else {
        block(branch.body());
        taken = true;
      }
    }
  }

  private boolean isStarted() {
    Value name = scope.module().find("__name__");
    return name instanceof Value.Text text && text.text().equals("__main__");
  }

  private static boolean isMainTest(Expression test) {
    return test instanceof Expression.Binary compared
        && compared.operator().equals("==")
        && (isName(compared.left()) || isName(compared.right()));
  }

  private static boolean isName(Expression expression) {
    return expression instanceof Expression.Name name && name.id().equals("__name__");
  }

  private void perhaps(List<Statement> body) {
    perhaps++;
    block(body);
    perhaps--;
  }

  /**
   * Goes through what would not run as far as is known, because that may be wrong: what it does is
   * noted, and what it assigns is forgotten.
   */
  private void aside(List<Statement> body) {
    if (body.isEmpty() || !program.isFirst(body)) {
      return;
    }
    Scope before = scope;
    scope = new Scope(before);
    perhaps(body);
    scope = before;
  }

  private void loop(Statement.While it) {
    Boolean truth = evaluator.special().truth(evaluator.evaluate(it.test()), it.at());
    if (truth == null || it.test() instanceof Expression.Constant) {
      perhaps(it.body());
    } else if (!truth) {
      aside(it.body());
    } else {
      int rounds = 0;
      List<Value> before;
      List<Value> after = tested(it.test());
      do {
        before = after;
        block(it.body());
        truth = Folding.truth(evaluator.evaluate(it.test()));
        after = tested(it.test());
        // Where nothing that is tested changes, the end of the loop is not known.
      } while (Boolean.TRUE.equals(truth)
          && !after.equals(before)
          && ++rounds < MOST_ROUNDS
          && program.mayRepeat());
    }
    perhaps(it.orElse());
  }

  /** The values on both sides of a comparison, or the one that is tested. */
  private List<Value> tested(Expression test) {
    return test instanceof Expression.Binary compared
        ? List.of(evaluator.evaluate(compared.left()), evaluator.evaluate(compared.right()))
        : List.of(evaluator.evaluate(test));
  }

  private void loop(Statement.For it) {
    Value iterable = evaluator.special().iterated(evaluator.evaluate(it.iterable()), it.at());
    List<Value> elements = Folding.elements(iterable);
    if (elements == null || elements.isEmpty()) {
      assign(it.target(), Value.unknown(evaluator.marksOfAll(iterable)));
      perhaps(it.body());
    } else {
      int rounds = 0;
      for (Value element : List.copyOf(elements)) {
        if (rounds++ > 0 && (rounds > MOST_ROUNDS || !program.mayRepeat())) {
          break;
        }
        assign(it.target(), element);
        block(it.body());
      }
    }
    perhaps(it.orElse());
  }

  private void augment(Statement.Augment it) {
    Value left = evaluator.evaluate(it.target());
    Value right = evaluator.evaluate(it.value());
    if (left instanceof Value.Items items && it.operator().equals("+")) {
      List<Value> more = Folding.elements(right);
      if (more == null) {
        items.mark(right.marks());
      } else {
        List.copyOf(more).forEach(items::add);
      }
      return;
    }
    Value own = evaluator.special().augmented(it.operator(), left, right, it.at());
    assign(
        it.target(), own != null ? own : program.paid(Folding.binary(it.operator(), left, right)));
  }

  void assign(Expression target, Value value) {
    switch (target) {
      case Expression.Name name -> set(name.id(), value);
      case Expression.Starred starred -> assign(starred.value(), Value.unknown(value.marks()));
      case Expression.Display display -> unpack(display.elements(), value);
      case Expression.Attribute attribute -> {
        Value owner = evaluator.evaluate(attribute.target());
        if (owner instanceof Value.Instance instance) {
          instance.attributes().put(attribute.name(), value);
        } else if (owner instanceof Value.Type type) {
          type.members().set(attribute.name(), value);
        } else if (owner instanceof Value.Reference place) {
          HandedOver.kept(place, attribute.name(), value, evaluator, attribute.at());
        } else {
          evaluator.spread(attribute.target(), value.marks().without(Mark.CHARACTER));
        }
      }
      case Expression.Subscript subscript -> {
        Value owner = evaluator.evaluate(subscript.target());
        Value key = evaluator.evaluate(subscript.index());
        evaluator.store(owner, key, value, subscript.at());
        evaluator.spread(subscript.target(), value.marks().without(Mark.CHARACTER));
      }
      default -> {}
    }
  }

  private void unpack(List<Expression> targets, Value value) {
    List<Value> elements = Folding.elements(value);
    for (int i = 0; i < targets.size(); i++) {
      assign(
          targets.get(i),
          elements != null && i < elements.size() && elements.size() <= 10_000
              ? elements.get(i)
              : Value.unknown(value.marks()));
    }
  }

  void set(String name, Value value) {
    if (perhaps > 0) {
      scope.setPerhaps(name, value);
    } else {
      scope.set(name, value);
    }
  }

  private void define(Statement.Define it) {
    for (Parameter parameter : it.parameters()) {
      if (parameter.fallback() != null) {
        evaluator.evaluate(parameter.fallback());
      }
      evaluator.annotation(parameter.annotation());
    }
    evaluator.annotation(it.result());
    Value.Function function =
        new Value.Function(it.name(), it.parameters(), it.body(), scope, this);
    functions.add(new Uncalled(function, null));
    scope.set(it.name(), decorated(function, it.decorators(), it.at()));
  }

  private Value decorated(Value defined, List<Expression> decorators, int at) {
    Value value = defined;
    boolean before = program.isDecorating();
    program.decorating(true);
    for (Expression decorator : decorators.reversed()) {
      Value made = evaluator.invoke(evaluator.evaluate(decorator), List.of(value), Map.of(), at);
      // What an unknown decorator returns is most often the same function, wrapped.
      value = made instanceof Value.Unknown || made instanceof Value.None ? value : made;
    }
    program.decorating(before);
    return value;
  }

  private void defineClass(Statement.DefineClass it) {
    List<Value> bases = new ArrayList<>();
    Value metaclass = null;
    for (Argument base : it.bases()) {
      Value value = evaluator.evaluate(base.value());
      if ("metaclass".equals(base.name())) {
        metaclass = value;
      } else {
        bases.add(value);
      }
    }
    Scope before = scope;
    Scope members = new Scope(before);
    int first = functions.size();
    scope = members;
    block(it.body());
    scope = before;
    Value.Type type = new Value.Type(it.name(), bases, members);
    Value.Instance example = new Value.Instance(type);
    for (int i = first; i < functions.size(); i++) {
      if (functions.get(i).self() == null) {
        functions.set(i, new Uncalled(functions.get(i).function(), example));
      }
    }
    scope.set(it.name(), type);
    evaluator.special().defined(type, metaclass, bases, it.at());
    scope.set(it.name(), decorated(type, it.decorators(), it.at()));
  }

  /** Registers a function that was made by an expression. */
  void define(Value.Function function) {
    functions.add(new Uncalled(function, null));
  }

  /**
   * Goes through a function with these arguments; returns what it returns. Where the arguments tell
   * nothing new, what it returned before is returned again.
   */
  Value call(Value.Function function, List<Value> arguments, Map<String, Value> named) {
    Calls calls = program.calls(function);
    int news = Math.max(news(arguments), news(named.values()));
    Value known = calls.returned(automatic);
    if (known != null && (news == 0 || !calls.mayRepeat(news))) {
      return known;
    }
    if (callDepth >= DEEPEST_CALL || (known != null && !program.mayRepeat())) {
      return Value.UNKNOWN;
    }
    CallShape shape = CallShape.of(automatic, arguments, named);
    Value same = shape == null ? null : calls.returned(shape, callDepth);
    if (same != null) {
      return same;
    }
    program.isFirst(function);
    Value value = function.home().enterAs(automatic, callDepth, function, arguments, named);
    calls.add(automatic, value);
    if (shape != null) {
      calls.add(shape, callDepth, value);
    }
    return value;
  }

  /** 2 for what is marked or can be called, 1 for what is known, 0 for anything else. */
  private static int news(java.util.Collection<Value> arguments) {
    int news = 0;
    for (Value argument : arguments) {
      news =
          Math.max(
              news,
              switch (argument) {
                case Value.Function _, Value.Partial _ -> 2;
                case Value.Unknown _, Value.None _, Value.Instance _, Value.Method _ ->
                    argument.marks().isEmpty() ? 0 : 2;
                default -> argument.marks().isEmpty() ? 1 : 2;
              });
    }
    return news;
  }

  /** Goes through a function of this file as its caller does. */
  private Value enterAs(
      boolean isAutomatic,
      int depth,
      Value.Function function,
      List<Value> arguments,
      Map<String, Value> named) {
    boolean automaticBefore = automatic;
    int depthBefore = callDepth;
    automatic = isAutomatic;
    callDepth = depth;
    try {
      return enter(function, arguments, named);
    } finally {
      automatic = automaticBefore;
      callDepth = depthBefore;
    }
  }

  private Value enter(Value.Function function, List<Value> arguments, Map<String, Value> named) {
    Scope scopeBefore = scope;
    Value returnedBefore = returned;
    int perhapsBefore = perhaps;
    scope = new Scope(function.closure());
    returned = null;
    perhaps = 0;
    callDepth++;
    try {
      bindParameters(function.parameters(), arguments, named);
      block(function.body());
      return returned == null ? new Value.None() : returned;
    } finally {
      callDepth--;
      perhaps = perhapsBefore;
      returned = returnedBefore;
      scope = scopeBefore;
    }
  }

  private void bindParameters(
      List<Parameter> parameters, List<Value> arguments, Map<String, Value> named) {
    int position = 0;
    for (Parameter parameter : parameters) {
      Value value;
      if (parameter.stars() == 1) {
        int from = Math.min(position, arguments.size());
        value = Value.Items.of(new ArrayList<>(arguments.subList(from, arguments.size())));
        position = arguments.size();
      } else if (parameter.stars() == 2) {
        Value.Entries rest = new Value.Entries();
        named.forEach(rest::put);
        value = rest;
      } else if (named.containsKey(parameter.name())) {
        value = named.get(parameter.name());
      } else if (position < arguments.size()) {
        value = arguments.get(position++);
      } else {
        value =
            parameter.fallback() == null ? Value.UNKNOWN : evaluator.evaluate(parameter.fallback());
      }
      scope.set(parameter.name(), value == null ? Value.UNKNOWN : value);
    }
  }

  /** Goes through an expression in a scope of its own. */
  Value inside(Scope inner, java.util.function.Supplier<Value> evaluation) {
    Scope before = scope;
    scope = inner;
    try {
      return evaluation.get();
    } finally {
      scope = before;
    }
  }
}
