package dev.gatehouse.provenance.workflow;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into commands and their words: quotes, continuations, comments, heredocs (which
 * are passed over), and GitHub's expressions, which are one word whatever is in them. Bounded by
 * the script, read once from front to back.
 */
final class ShellWords {
  private final String script;
  private final List<Command> commands = new ArrayList<>();
  private final List<String> heredocs = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;
  private int line;
  private int firstLine;

  /**
   * Words as they stand.
   *
   * @param firstLine of the script, from 0
   */
  record Command(List<String> words, int firstLine, int lastLine) {
    Command {
      words = List.copyOf(words);
    }
  }

  private ShellWords(String script) {
    this.script = script;
  }

  static List<Command> of(String script) {
    ShellWords splitter = new ShellWords(script);
    splitter.split();
    return splitter.commands;
  }

  private void split() {
    while (at < script.length()) {
      char c = script.charAt(at);
      if (script.startsWith("${{", at)) {
        expression();
      } else if (c == '\'') {
        quoted('\'');
      } else if (c == '"') {
        quoted('"');
      } else if (isContinuation()) {
        at = script.indexOf('\n', at) + 1;
        line++;
        endWord();
      } else if (c == '\\' && at + 1 < script.length()) {
        add(script.charAt(at + 1));
        at += 2;
      } else if (c == '#' && !inWord) {
        int end = script.indexOf('\n', at);
        at = end < 0 ? script.length() : end;
      } else if (c == '\n') {
        endCommand();
        at++;
        line++;
        passHeredocs();
      } else if (script.startsWith("<<", at) && !script.startsWith("<<<", at)) {
        heredoc();
      } else if (c == ';'
          || c == '|'
          || (c == '&' && !isRedirection())
          || c == '('
          || c == ')'
          || c == '`') {
        endCommand();
        at++;
      } else if (Character.isWhitespace(c)) {
        endWord();
        at++;
      } else {
        add(c);
        at++;
      }
    }
    endCommand();
  }

  /** {@code 2>&1} and {@code &>}. */
  private boolean isRedirection() {
    return (at > 0 && script.charAt(at - 1) == '>') || script.startsWith("&>", at);
  }

  /** A backslash, or PowerShell's back quote, at the end of the line. */
  private boolean isContinuation() {
    char c = script.charAt(at);
    return (c == '\\' || c == '`')
        && (script.startsWith("\n", at + 1) || script.startsWith("\r\n", at + 1));
  }

  private void add(char c) {
    begin();
    word.append(c);
  }

  private void begin() {
    if (!inWord && words.isEmpty()) {
      firstLine = line;
    }
    inWord = true;
  }

  private void expression() {
    begin();
    int end = script.indexOf("}}", at);
    int next = end < 0 ? script.length() : end + 2;
    word.append(script, at, next);
    line += (int) script.substring(at, next).chars().filter(c -> c == '\n').count();
    at = next;
  }

  private void quoted(char quote) {
    begin();
    at++;
    while (at < script.length() && script.charAt(at) != quote) {
      if (script.startsWith("${{", at)) {
        expression();
        continue;
      }
      char c = script.charAt(at);
      if (c == '\n') {
        line++;
      }
      if (quote == '"' && c == '\\' && at + 1 < script.length()) {
        at++;
        c = script.charAt(at);
        line += c == '\n' ? 1 : 0;
      }
      word.append(c);
      at++;
    }
    at++;
  }

  private void heredoc() {
    at += 2;
    while (at < script.length() && (script.charAt(at) == '-' || script.charAt(at) == ' ')) {
      at++;
    }
    StringBuilder end = new StringBuilder();
    while (at < script.length() && !Character.isWhitespace(script.charAt(at))) {
      char c = script.charAt(at++);
      if (c != '\'' && c != '"' && c != '\\') {
        end.append(c);
      }
    }
    if (!end.isEmpty()) {
      heredocs.add(end.toString());
    }
  }

  private void passHeredocs() {
    for (String end : heredocs) {
      boolean open = true;
      while (open && at < script.length()) {
        int next = script.indexOf('\n', at);
        String text = script.substring(at, next < 0 ? script.length() : next);
        at = next < 0 ? script.length() : next + 1;
        line++;
        open = !text.strip().equals(end);
      }
    }
    heredocs.clear();
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(new Command(words, firstLine, line));
      words = new ArrayList<>();
    }
  }
}
