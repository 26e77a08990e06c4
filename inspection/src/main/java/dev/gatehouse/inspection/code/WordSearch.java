package dev.gatehouse.inspection.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds many words in one pass, whatever their case (ASCII): the automaton of Aho and Corasick
 * ("Efficient string matching", 1975) as a table, over classes of characters so that it stays in
 * the processor's cache.
 */
final class WordSearch {
  /** Receives each word where it ends. */
  @FunctionalInterface
  interface Hit {
    /**
     * Takes a word.
     *
     * @param word its place in the list that was searched for
     * @param end behind its last character
     */
    void at(int word, int end);
  }

  private final byte[] classes = new byte[128];
  private final int width;
  private final int[] next;
  private final int[][] words;
  private final List<String> list;

  WordSearch(List<String> list) {
    this.list = List.copyOf(list);
    int count = 1;
    int nodes = 1;
    for (String word : list) {
      nodes += word.length();
      for (int i = 0; i < word.length(); i++) {
        int c = lower(word.charAt(i));
        if (classes[c] == 0) {
          classes[c] = (byte) count++;
        }
      }
    }
    for (int c = 'A'; c <= 'Z'; c++) {
      classes[c] = classes[lower((char) c)];
    }
    width = count;
    next = new int[nodes * width];
    words = new int[nodes][];
    build();
  }

  private static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  private void build() {
    Arrays.fill(next, -1);
    int nodes = 1;
    for (int word = 0; word < list.size(); word++) {
      int node = 0;
      for (int i = 0; i < list.get(word).length(); i++) {
        int cell = node * width + classes[lower(list.get(word).charAt(i))];
        if (next[cell] < 0) {
          next[cell] = nodes++;
        }
        node = next[cell];
      }
      words[node] = with(words[node], word);
    }
    link();
  }

  /** Fills what is missing with where the longest suffix leads. */
  private void link() {
    int[] suffix = new int[words.length];
    Deque<Integer> queue = new ArrayDeque<>();
    for (int c = 0; c < width; c++) {
      if (next[c] < 0) {
        next[c] = 0;
      } else {
        queue.add(next[c]);
      }
    }
    while (!queue.isEmpty()) {
      int node = queue.remove();
      int[] shorter = words[suffix[node]];
      if (shorter != null) {
        for (int word : shorter) {
          words[node] = with(words[node], word);
        }
      }
      for (int c = 0; c < width; c++) {
        int cell = node * width + c;
        int other = next[suffix[node] * width + c];
        if (next[cell] < 0) {
          next[cell] = other;
        } else {
          suffix[next[cell]] = other;
          queue.add(next[cell]);
        }
      }
    }
  }

  private static int[] with(int[] words, int word) {
    int[] more = words == null ? new int[1] : Arrays.copyOf(words, words.length + 1);
    more[more.length - 1] = word;
    return more;
  }

  String word(int word) {
    return list.get(word);
  }

  void search(CharSequence text, Hit hit) {
    int node = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      node = c < 128 ? next[node * width + classes[c]] : 0;
      int[] found = words[node];
      if (found != null) {
        for (int word : found) {
          hit.at(word, i + 1);
        }
      }
    }
  }

  /** Tells each word that occurs, once or more. */
  void search(byte[] text, IntConsumer hit) {
    int node = 0;
    for (byte b : text) {
      node = b >= 0 ? next[node * width + classes[b]] : 0;
      int[] found = words[node];
      if (found != null) {
        for (int word : found) {
          hit.accept(word);
        }
      }
    }
  }

  /** The words that occur. */
  List<String> in(CharSequence text) {
    List<String> found = new ArrayList<>();
    search(
        text,
        (word, _) -> {
          if (!found.contains(list.get(word))) {
            found.add(list.get(word));
          }
        });
    return found;
  }
}
