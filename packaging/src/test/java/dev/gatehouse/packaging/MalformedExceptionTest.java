package dev.gatehouse.packaging;

import static dev.gatehouse.packaging.MalformedException.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MalformedExceptionTest {
  @Test
  void quotesInputOnOneLine() {
    assertThat(quoted("a\nb\r\tc\0")).isEqualTo("\"a\\u{a}b\\u{d}\\u{9}c\\u{0}\"");
  }

  @Test
  void escapesWhatTurnsTextRound() {
    assertThat(quoted("evil\u202egnp.exe")).isEqualTo("\"evil\\u{202e}gnp.exe\"");
  }

  @Test
  void escapesTerminalSequencesAndHalvesOfSurrogatePairs() {
    assertThat(quoted("\u001b[31m \ud83d")).isEqualTo("\"\\u{1b}[31m \\u{d83d}\"");
  }

  @Test
  void keepsWhatCanBeRead() {
    assertThat(quoted("Zürich 東京 🐍")).isEqualTo("\"Zürich 東京 🐍\"");
  }

  @Test
  void cutsInputToAHundredCharacters() {
    assertThat(quoted("x".repeat(100))).isEqualTo("\"" + "x".repeat(100) + "\"");
    assertThat(quoted("x".repeat(101))).isEqualTo("\"" + "x".repeat(100) + "…\"");
  }

  @Test
  void keepsItsMessageOnOneLineWhoeverWroteIt() {
    assertThat(new MalformedException("one\ntwo")).hasMessage("one\\u{a}two");
    assertThat(new MalformedException("x".repeat(100_000)).getMessage()).hasSizeLessThan(600);
  }
}
