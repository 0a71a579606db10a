import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * Checks a folder that {@code deploy} has filled against what Maven Central demands of each artifact
 * (https://central.sonatype.org/publish/requirements/), and against what this project promises beyond. Run by
 * scripts/check-release: {@code java scripts/CheckArtifacts.java FOLDER}. Signatures are verified by gpg and its key ring.
 */
public final class CheckArtifacts {
    private static final String[] DEMANDED = {
        "/project/groupId",
        "/project/artifactId",
        "/project/version",
        "/project/name",
        "/project/description",
        "/project/url",
        "/project/licenses/license/name",
        "/project/licenses/license/url",
        "/project/developers/developer/name",
        "/project/developers/developer/organization",
        "/project/scm/connection",
        "/project/scm/developerConnection",
        "/project/scm/url",
    };

    private final List<String> faults = new ArrayList<>();
    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final Set<String> published = new TreeSet<>();
    private final Set<String> inBom = new TreeSet<>();

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1 || !Files.isDirectory(Path.of(arguments[0]))) {
            System.err.println("CheckArtifacts: expected one argument, the folder that deploy has filled.");
            System.exit(2);
        }
        CheckArtifacts check = new CheckArtifacts();
        check.folder(Path.of(arguments[0]));
        check.faults.forEach(System.err::println);
        System.out.printf("%d artifacts checked, %d faults%n", check.published.size(), check.faults.size());
        System.exit(check.faults.isEmpty() ? 0 : 1);
    }

    private void folder(Path folder) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.matches(".*\\.(asc|md5|sha1|sha256|sha512)") || name.startsWith("maven-metadata")) {
                continue;
            }
            checksum(file, "MD5", ".md5");
            checksum(file, "SHA-1", ".sha1");
            signature(file);
            if (name.endsWith(".pom")) {
                pom(file);
            } else if (name.endsWith(".jar")) {
                jar(file);
            }
        }
        if (published.isEmpty()) {
            faults.add(folder + ": expected artifacts, found none");
        }
        published.remove("plastic4j-bom");
        if (!published.equals(inBom)) {
            faults.add("plastic4j-bom: expected what is published, " + published + ", found " + inBom);
        }
    }

    private void checksum(Path file, String algorithm, String suffix) throws Exception {
        Path stored = Path.of(file + suffix);
        String expected = HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
        if (!Files.exists(stored)) {
            faults.add(file + ": expected its checksum in a file " + suffix);
        } else if (!Files.readString(stored).strip().equals(expected)) {
            faults.add(stored + ": expected " + expected + ", found " + Files.readString(stored).strip());
        }
    }

    private void signature(Path file) throws IOException, InterruptedException {
        Path signature = Path.of(file + ".asc");
        if (!Files.exists(signature)) {
            faults.add(file + ": expected a signature in a file .asc");
            return;
        }
        Process gpg = new ProcessBuilder("gpg", "--batch", "--verify", signature.toString(), file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (gpg.waitFor() != 0) {
            faults.add(signature + ": expected a signature of its file, found one that gpg does not verify");
        }
    }

    private void pom(Path file) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        for (String path : DEMANDED) {
            if (text(pom, path).isEmpty()) {
                faults.add(file + ": expected " + path + ", found none");
            }
        }
        String artifact = text(pom, "/project/artifactId");
        published.add(artifact);
        for (String path : List.of("/project/parent", "/project/build", "/project/repositories", "/project/profiles//plugins")) {
            if (nodes(pom, path).getLength() > 0) {
                faults.add(file + ": expected a flattened POM, found " + path);
            }
        }
        if (nodes(pom, "//dependency[scope='test']").getLength() > 0) {
            faults.add(file + ": expected nothing of the tests, found a dependency of scope test");
        }
        int unversioned = nodes(pom, "//dependency[not(version)]").getLength();
        if (unversioned > 0) {
            faults.add(file + ": expected dependencies with versions, found " + unversioned + " without");
        }
        boolean snapshot = text(pom, "/project/version").endsWith("-SNAPSHOT");
        if (!snapshot && nodes(pom, "//dependency[contains(version, '-SNAPSHOT')]").getLength() > 0) {
            faults.add(file + ": expected released dependencies, found a snapshot");
        }
        NodeList managed = nodes(pom, "/project/dependencyManagement//dependency/artifactId");
        for (int i = 0; i < managed.getLength(); i++) {
            inBom.add(managed.item(i).getTextContent());
        }
        if (text(pom, "/project/packaging").equals("pom")) {
            return;
        }
        String base = file.toString().replaceFirst("\\.pom$", "");
        for (String kind : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
            if (!Files.exists(Path.of(base + kind))) {
                faults.add(file + ": expected beside it " + base.substring(base.lastIndexOf('/') + 1) + kind);
            }
        }
    }

    private void jar(Path file) throws IOException {
        String name = file.getFileName().toString();
        String demanded = ".*\\.class";
        if (name.endsWith("-sources.jar")) {
            demanded = ".*\\.java";
        } else if (name.endsWith("-javadoc.jar")) {
            demanded = "index\\.html";
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            if (jar.getEntry("META-INF/LICENSE") == null) {
                faults.add(file + ": expected the licence in META-INF/LICENSE, found none");
            }
            String entry = demanded;
            if (jar.stream().noneMatch(found -> found.getName().matches(entry))) {
                faults.add(file + ": expected an entry " + demanded + ", found none");
            }
            if (demanded.endsWith("class")) {
                String module = String.valueOf(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
                String folder = module.replace('.', '/') + '/';
                if (jar.stream().noneMatch(found -> found.getName().startsWith(folder))) {
                    faults.add(file + ": expected an Automatic-Module-Name that is the package of its classes, found " + module);
                }
            }
        }
    }

    private NodeList nodes(Document pom, String path) throws Exception {
        return (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    }

    private String text(Document pom, String path) throws Exception {
        return xpath.evaluate(path, pom).strip();
    }
}
