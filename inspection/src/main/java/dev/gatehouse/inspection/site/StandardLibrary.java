package dev.gatehouse.inspection.site;

import java.util.Set;

/** The top-level modules of the standard library, from Python 3.6 to 3.15. */
final class StandardLibrary {
  private static final Set<String> CURRENT =
      names(
          """
          abc annotationlib argparse array ast asyncio atexit base64 bdb binascii bisect builtins
          bz2 cProfile calendar cmath cmd code codecs codeop collections colorsys compileall
          compression concurrent configparser contextlib contextvars copy copyreg csv ctypes
          curses dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip
          enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc
          genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http
          imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging
          lzma mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nt
          ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools
          pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
          py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib
          resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal
          site smtplib socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat
          statistics string stringprep struct subprocess symtable sys sysconfig syslog tabnanny
          tarfile tempfile termios textwrap threading time timeit tkinter token tokenize tomllib
          trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uuid
          venv warnings wave weakref webbrowser winreg winsound wsgiref xml xmlrpc zipapp zipfile
          zipimport zlib zoneinfo
          """);

  /** Dropped between 3.8 and 3.14 (PEP 594, PEP 632 and the release notes). */
  private static final Set<String> REMOVED =
      names(
          """
          aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils dummy_threading
          formatter fpectl imghdr imp lib2to3 macpath macurl2path mailcap msilib nis nntplib
          ossaudiodev parser pipes smtpd sndhdr spwd sunau symbol telnetlib uu xdrlib
          """);

  private StandardLibrary() {}

  /** Whether some supported Python has the module, so that it comes first there. */
  static boolean has(String module) {
    return CURRENT.contains(module);
  }

  /** Whether Python had the module once: what is called so now is imported by old code. */
  static boolean had(String module) {
    return REMOVED.contains(module);
  }

  private static Set<String> names(String text) {
    return Set.of(text.strip().split("\\s+", -1));
  }
}
