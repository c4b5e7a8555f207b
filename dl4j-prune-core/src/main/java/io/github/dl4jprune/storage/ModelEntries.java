package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The entries of a zip that is a DL4J model by its names; every content is checked against its checksum. */
final class ModelEntries implements EntrySource, AutoCloseable {
    private static final int MAGIC_LENGTH = 4;
    private final Path file;
    private final ZipFile zip;

    private ModelEntries(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    static ModelEntries open(Path file) {
        if (!Files.exists(file)) {
            throw new ModelFileException(file, "does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException(file, "must be a file, but is a directory or device");
        }
        ModelEntries entries = new ModelEntries(file, openZip(file));
        entries.problem().ifPresent(rule -> {
            entries.close();
            throw new ModelFileException(file, rule);
        });
        return entries;
    }

    private Optional<String> problem() {
        Set<String> seen = new HashSet<>();
        for (String name : zip.stream().map(ZipEntry::getName).toList()) {
            Optional<String> rule = EntryName.problem(name);
            if (rule.isPresent()) {
                return Optional.of("has the entry \"" + name + "\", whose name " + rule.get());
            }
            if (!seen.add(name)) {
                return Optional.of("has more than one entry \"" + name + "\"");
            }
        }
        return missing(names());
    }

    private static Optional<String> missing(List<String> names) {
        List<String> missing = List.of(ModelFile.CONFIGURATION, ModelFile.COEFFICIENTS).stream()
                .filter(name -> !names.contains(name))
                .toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("is a zip, but no DL4J model: it has no " + String.join(" and no ", missing) + ", it holds "
                + (names.isEmpty() ? "nothing" : String.join(", ", names.subList(0, Math.min(4, names.size()))))
                + (names.size() > 4 ? ", ..." : ""));
    }

    private static ZipFile openZip(Path file) {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            String rule = startsLikeZip(file)
                    ? "is a zip that was cut short or damaged: " + e.getMessage()
                    : "must be a zip written by DL4J's ModelSerializer, but is no zip";
            throw new ModelFileException(file, rule, e);
        } catch (IOException e) {
            throw new ModelFileException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean startsLikeZip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAGIC_LENGTH), ISO_8859_1).equals("PK\003\004");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<String> names() {
        return zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();
    }

    @Override
    public boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    @Override
    public byte[] content(String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry.getSize() > Integer.MAX_VALUE - Byte.SIZE) {
            throw new ModelFileException(
                    file,
                    "has an entry " + name + " of " + entry.getSize() + " bytes; DL4J reads at most 2 GiB an entry");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readAllBytes();
            CRC32 checksum = new CRC32();
            checksum.update(content);
            if (content.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
                throw new ModelFileException(file, "is damaged: the checksum of " + name + " is wrong");
            }
            return content;
        } catch (IOException e) {
            throw new ModelFileException(file, "is damaged: " + name + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new ModelFileException(file, "cannot be closed: " + e.getMessage(), e);
        }
    }
}
