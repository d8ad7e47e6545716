package dev.adjoint.emit;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** How many bytes of bytecode each method of a class file has (JVMS 4.1, 4.7.3). */
final class MethodSizes {
    private final DataInputStream in;
    private final Map<Integer, String> words = new TreeMap<>();
    private final Map<String, Integer> sizes = new TreeMap<>();

    private MethodSizes(byte[] classFile) {
        this.in = new DataInputStream(new ByteArrayInputStream(classFile));
    }

    static Map<String, Integer> of(byte[] classFile) {
        try {
            MethodSizes sizes = new MethodSizes(classFile);
            sizes.read();
            return sizes.sizes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() throws IOException {
        in.skipNBytes(8);
        constants();
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        members(false);
        members(true);
    }

    private void constants() throws IOException {
        int count = in.readUnsignedShort();
        for (int k = 1; k < count; k++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> words.put(k, in.readUTF());
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    k++;
                }
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("no constant has the tag " + tag);
            }
        }
    }

    private void members(boolean methods) throws IOException {
        for (int member = in.readUnsignedShort(); member > 0; member--) {
            in.skipNBytes(2);
            String name = words.get(in.readUnsignedShort());
            in.skipNBytes(2);
            for (int attribute = in.readUnsignedShort(); attribute > 0; attribute--) {
                String kind = words.get(in.readUnsignedShort());
                int length = in.readInt();
                if (methods && "Code".equals(kind)) {
                    in.skipNBytes(4);
                    sizes.merge(name, in.readInt(), Math::max);
                    in.skipNBytes(length - 8L);
                } else {
                    in.skipNBytes(length);
                }
            }
        }
    }
}
