package io.github.dl4jprune.acceleration;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Answers the names under which DL4J looks for its oneDNN helpers with empty subclasses of our own helpers, and leaves
 * every other name to the loader that was asked before. DL4J looks helpers up by name in
 * {@code DL4JClassLoading.getDl4jClassloader()} and the virtual machine insists that a class has the name it was asked
 * for, hence the subclasses; they are made here, from a constructor that hands its {@link DataType} on, so that no class
 * in a foreign package lies on anybody's class path.
 */
final class StandInLoader extends ClassLoader {
    private static final int CLASS_FILE_MAGIC = 0xCAFEBABE;
    private static final int JAVA_17 = 61;
    private static final int PUBLIC = 0x0001;
    private static final int PUBLIC_SUPER = 0x0021;
    private static final String CONSTRUCTOR_TYPE = "(Lorg/nd4j/linalg/api/buffer/DataType;)V";
    /** {@code aload_0; aload_1; invokespecial #9; return}, 9 being the constructor of the superclass below. */
    private static final byte[] CONSTRUCTOR_CODE = {0x2a, 0x2b, (byte) 0xb7, 0, 9, (byte) 0xb1};

    private final Map<String, Class<?>> helpers;

    /**
     * @param parent who answers every other name, null for the boot loader
     * @param helpers the name DL4J asks for, to the public class that shall answer, with a public constructor that
     *     takes a {@link DataType}
     */
    StandInLoader(@Nullable ClassLoader parent, Map<String, Class<?>> helpers) {
        super("dl4j-prune helpers", parent);
        this.helpers = Map.copyOf(helpers);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        for (Class<?> helper : helpers.values()) {
            if (helper.getName().equals(name)) {
                return helper;
            }
        }
        Class<?> helper = helpers.get(name);
        return helper == null ? super.loadClass(name, resolve) : standIn(name, helper);
    }

    private Class<?> standIn(String name, Class<?> helper) {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] file = classFile(internal(name), internal(helper.getName()));
            return defineClass(name, file, 0, file.length, helper.getProtectionDomain());
        }
    }

    private static String internal(String name) {
        return name.replace('.', '/');
    }

    /** The class file of {@code public class NAME extends HELPER { public NAME(DataType type) { super(type); } }}. */
    private static byte[] classFile(String name, String helper) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(CLASS_FILE_MAGIC);
            out.writeShort(0);
            out.writeShort(JAVA_17);
            writeConstants(out, name, helper);
            out.writeShort(PUBLIC_SUPER);
            out.writeShort(2);
            out.writeShort(4);
            out.writeShort(0); // interfaces
            out.writeShort(0); // fields
            out.writeShort(1); // methods
            writeConstructor(out);
            out.writeShort(0); // attributes
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeConstants(DataOutputStream out, String name, String helper) throws IOException {
        out.writeShort(10);
        writeText(out, name); // 1
        writeReference(out, 7, 1); // 2: this class
        writeText(out, helper); // 3
        writeReference(out, 7, 3); // 4: its superclass
        writeText(out, "<init>"); // 5
        writeText(out, CONSTRUCTOR_TYPE); // 6
        writeText(out, "Code"); // 7
        writeReference(out, 12, 5, 6); // 8: name and type of a constructor
        writeReference(out, 10, 4, 8); // 9: the constructor of the superclass
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeByte(1);
        out.writeUTF(text);
    }

    private static void writeReference(DataOutputStream out, int tag, int... constants) throws IOException {
        out.writeByte(tag);
        for (int constant : constants) {
            out.writeShort(constant);
        }
    }

    private static void writeConstructor(DataOutputStream out) throws IOException {
        out.writeShort(PUBLIC);
        out.writeShort(5);
        out.writeShort(6);
        out.writeShort(1); // one attribute: the code
        out.writeShort(7);
        out.writeInt(12 + CONSTRUCTOR_CODE.length);
        out.writeShort(2); // stack
        out.writeShort(2); // locals
        out.writeInt(CONSTRUCTOR_CODE.length);
        out.write(CONSTRUCTOR_CODE);
        out.writeShort(0); // exceptions
        out.writeShort(0); // attributes
    }
}
