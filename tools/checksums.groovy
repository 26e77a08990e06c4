// Refuses to build with a dependency or a plugin whose bytes are not the recorded ones. Runs inside Maven, in the root's
// `validate` phase: before any other code that was downloaded for this build, except this plugin and the two bound before it.
//
// tools/checksums.txt names every jar and POM that a build takes from outside, plugins and their dependencies included, as
// sha256sum prints them, with paths as in a local repository; tools/lock writes it. Nothing in it says where a file comes from.
//
// Why not maven-lockfile: it resolves the modules of this very build as if they came from outside (so it fails before they are
// packaged, and would record digests that change with each commit), and with plugins included it took minutes and 1.6 MB a
// module, most of it for artifacts that are never used. Maven 3.8 itself has nothing for this.
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import org.apache.maven.plugin.MojoFailureException
import org.eclipse.aether.RepositorySystem
import org.eclipse.aether.artifact.DefaultArtifact
import org.eclipse.aether.resolution.ArtifactRequest
import org.eclipse.aether.resolution.ArtifactResolutionException

Path recordFile = project.basedir.toPath().resolve('tools/checksums.txt')
Map<String, String> recorded = new LinkedHashMap<>()
Files.readAllLines(recordFile).findAll { it && !it.startsWith('#') }.each { line ->
  def (digest, path) = line.split('  ', 2)
  recorded[path] = digest
}

// 1. What the modules name themselves must be recorded: a new version, or a new plugin, is a decision that somebody takes.
Set<String> own = session.allProjects.collect { "${it.groupId}:${it.artifactId}".toString() } as Set
Set<String> unused = ['maven-deploy-plugin', 'maven-install-plugin', 'maven-site-plugin'] as Set // no phase up to `verify` runs them
Set<String> versions = recorded.keySet().collect { it.substring(0, it.lastIndexOf('/')) } as Set
List<String> problems = []
Map<String, Set<String>> unrecorded = new TreeMap<>()
session.allProjects.each { module ->
  def named = module.dependencies + module.buildPlugins + module.buildPlugins.collectMany { it.dependencies }
  named.findAll { !own.contains("${it.groupId}:${it.artifactId}".toString()) && !unused.contains(it.artifactId) }.each {
    String folder = "${it.groupId.replace('.', '/')}/${it.artifactId}/${it.version}"
    if (!versions.contains(folder)) {
      unrecorded.computeIfAbsent("${it.groupId}:${it.artifactId}:${it.version}".toString()) { new TreeSet<>() } << module.artifactId
    }
  }
}
unrecorded.each { artifact, users -> problems << "${artifact} is not recorded (used by ${users.join(', ')})".toString() }

// 2. Everything recorded is fetched now, where it is missing, so that it is checked before it is used.
def repositories = (project.remotePluginRepositories + project.remoteProjectRepositories).unique { it.id }
def resolver = session.lookup(RepositorySystem.name)
def requests = recorded.keySet().collect { path ->
  def parts = path.split('/') as List
  def (name, version, artifact) = [parts[-1], parts[-2], parts[-3]]
  String rest = name.substring("${artifact}-${version}".length())
  String extension = rest.substring(rest.lastIndexOf('.') + 1)
  String classifier = rest.startsWith('-') ? rest.substring(1, rest.length() - extension.length() - 1) : ''
  new ArtifactRequest(new DefaultArtifact(parts[0..-4].join('.'), artifact, classifier, extension, version), repositories, null)
}
def results
try {
  results = resolver.resolveArtifacts(session.repositorySession, requests)
} catch (ArtifactResolutionException e) {
  // Offline, or an artifact that only some builds need: those that are there are checked all the same.
  log.debug("some recorded artifacts are not at hand: ${e.message}")
  results = e.results
}

// 3. The bytes.
[recorded.entrySet() as List, results].transpose().parallelStream().each { entry, result ->
  if (result.artifact?.file == null) {
    return
  }
  def digest = MessageDigest.getInstance('SHA-256')
  result.artifact.file.withInputStream { stream -> stream.eachByte(1 << 16) { bytes, length -> digest.update(bytes, 0, length) } }
  String found = digest.digest().encodeHex()
  if (found != entry.value) {
    synchronized (problems) {
      problems << "${entry.key} has the SHA-256 ${found}, recorded is ${entry.value} (the file: ${result.artifact.file})".toString()
    }
  }
}

if (problems) {
  throw new MojoFailureException('What this build would use is not what tools/checksums.txt records:\n  ' + problems.sort().join('\n  ') +
      '\nIf you changed a version, run tools/lock and read what it changed. If you did not, do not build: somebody altered an artifact.')
}
