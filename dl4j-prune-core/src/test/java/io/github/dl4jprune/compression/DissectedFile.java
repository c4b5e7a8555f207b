package io.github.dl4jprune.compression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** A compressed file taken apart, to be put together differently with checksums that are right. */
final class DissectedFile {
    /** What lies between length and checksum of a section. */
    record Section(int type, byte[] payload) {}

    private final int width;
    private final long parameters;
    private final List<Section> sections;

    private DissectedFile(int width, long parameters, List<Section> sections) {
        this.width = width;
        this.parameters = parameters;
        this.sections = sections;
    }

    static DissectedFile of(byte[] file) {
        ByteCursor in =
                new ByteCursor(file, CompressedFile.MAGIC.length + 2, file.length - 10, IllegalStateException::new);
        int width = (int) in.number(1);
        long parameters = in.number(4);
        long count = in.number(4);
        in.take(4);
        List<Section> sections = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int type = (int) in.number(1);
            sections.add(new Section(type, in.bytes(in.number(4))));
            in.take(4);
        }
        return new DissectedFile(width, parameters, sections);
    }

    List<Section> sections() {
        return Collections.unmodifiableList(sections);
    }

    DissectedFile withWidth(int bytes) {
        return new DissectedFile(bytes, parameters, sections);
    }

    DissectedFile withParameters(long count) {
        return new DissectedFile(width, count, sections);
    }

    /** Two sections, counted from 1 as in messages, in each other's place. */
    DissectedFile swapped(int one, int other) {
        List<Section> all = new ArrayList<>(sections);
        Collections.swap(all, one - 1, other - 1);
        return new DissectedFile(width, parameters, all);
    }

    /** Another payload in a section, counted from 1. */
    DissectedFile with(int section, byte[] payload) {
        List<Section> all = new ArrayList<>(sections);
        all.set(section - 1, new Section(all.get(section - 1).type(), payload));
        return new DissectedFile(width, parameters, all);
    }

    DissectedFile with(int section, UnaryOperator<byte[]> change) {
        return with(section, change.apply(sections.get(section - 1).payload().clone()));
    }

    DissectedFile without(int section) {
        List<Section> all = new ArrayList<>(sections);
        all.remove(section - 1);
        return new DissectedFile(width, parameters, all);
    }

    DissectedFile and(int type, byte[] payload) {
        List<Section> all = new ArrayList<>(sections);
        all.add(new Section(type, payload));
        return new DissectedFile(width, parameters, all);
    }

    byte[] toBytes() {
        ByteWriter out = new ByteWriter();
        out.bytes(CompressedFile.MAGIC);
        out.number(CompressedFile.VERSION, 2);
        out.number(width, 1);
        out.number(parameters, 4);
        out.number(sections.size(), 4);
        out.number(CompressedFile.crc(out.toBytes(), 0, out.length()), 4);
        for (Section section : sections) {
            ByteWriter bytes = new ByteWriter();
            bytes.number(section.type(), 1);
            bytes.number(section.payload().length, 4);
            bytes.bytes(section.payload());
            bytes.number(CompressedFile.crc(bytes.toBytes(), 0, bytes.length()), 4);
            out.bytes(bytes.toBytes());
        }
        return out.toBytes();
    }
}
