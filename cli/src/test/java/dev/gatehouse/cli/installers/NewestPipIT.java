package dev.gatehouse.cli.installers;

import java.util.Optional;

class NewestPipIT extends InstallerContract {
  @Override
  Optional<Installer> installer() {
    return Installer.newestPip();
  }
}
