package dev.gatehouse.cli.installers;

import java.util.Optional;

class UvIT extends InstallerContract {
  @Override
  Optional<Installer> installer() {
    return Installer.uv();
  }
}
