package dev.gatehouse.cli.installers;

import java.util.Optional;

class MachinePipIT extends InstallerContract {
  @Override
  Optional<Installer> installer() {
    return Installer.pipOfTheMachine();
  }
}
