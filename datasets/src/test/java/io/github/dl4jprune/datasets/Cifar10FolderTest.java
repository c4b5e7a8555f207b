package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Cifar10FolderTest {
    private static final int RECORD = 3073;

    @TempDir
    private Path folder;

    @Test
    void records_may_be_spread_over_files_of_any_length_in_numeric_order() throws IOException {
        write("data_batch_1.bin", 0, 7);
        write("data_batch_2.bin", 7, 11);
        for (int file = 3; file <= 10; file++) {
            write("data_batch_" + file + ".bin", 8 + file, 9 + file);
        }
        write("data_batch_11.bin", 19, 20);

        LabeledImages train = new Cifar10Folder(folder).load(Split.TRAIN);
        LabeledImages validation = new Cifar10Folder(folder).load(Split.VALIDATION);

        assertThat(train.examples()).isEqualTo(18);
        assertThat(validation.examples()).isEqualTo(2);
        for (int record = 0; record < 18; record++) {
            assertThat(train.label(record)).isEqualTo(record % 10);
            assertThat(train.pixel(record, 0, 0, 0)).isEqualTo(record);
        }
        assertThat(validation.pixel(0, 0, 0, 0)).isEqualTo(18);
        assertThat(validation.pixel(1, 0, 0, 0)).isEqualTo(19);
    }

    @Test
    void files_longer_than_one_chunk_are_read_whole() throws IOException {
        write("test_batch.bin", 0, 600);

        LabeledImages test = new Cifar10Folder(folder).load(Split.TEST);

        assertThat(test.examples()).isEqualTo(600);
        assertThat(test.pixel(599, 0, 0, 0)).isEqualTo(599 % 256);
        assertThat(test.pixel(599, 2, 31, 31)).isEqualTo(255 - 599 % 256);
    }

    @Test
    void files_must_be_there() throws IOException {
        write("data_batch_x.bin", 0, 3);

        assertThatThrownBy(() -> new Cifar10Folder(folder).load(Split.TRAIN))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("%s: no data_batch_N.bin in the folder; CIFAR-10's binary version is needed", folder);
        assertThatThrownBy(() -> new Cifar10Folder(folder).load(Split.TEST))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("%s: no test_batch.bin in the folder; CIFAR-10's binary version is needed", folder);
    }

    @ParameterizedTest
    @CsvSource({"1 2 4 5, 3", "1 2 3 4, 5", "2 3 4 5, 1", "1 2 3 4 5 7, 6", "2, 1", "0 1 2 3 4, 5"})
    void a_missing_file_among_those_for_training_is_named(String there, int missing) throws IOException {
        for (String number : List.of(there.split(" "))) {
            write("data_batch_" + number + ".bin", 0, 3);
        }
        write("test_batch.bin", 0, 3);
        Cifar10Folder cifar10 = new Cifar10Folder(folder);

        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            assertThatThrownBy(() -> cifar10.load(split))
                    .isInstanceOf(DataSourceException.class)
                    .hasMessage(
                            "%s: data_batch_%d.bin is missing, the folder has data_batch_%s.bin",
                            folder, missing, there.replace(" ", ".bin, data_batch_"));
        }
        assertThat(cifar10.load(Split.TEST).examples()).isEqualTo(3);
    }

    @Test
    void the_first_file_alone_is_a_smaller_set() throws IOException {
        write("data_batch_1.bin", 0, 10);

        assertThat(new Cifar10Folder(folder).load(Split.TRAIN).examples()).isEqualTo(9);
    }

    @Test
    void the_folder_must_be_there() {
        assertThatThrownBy(() -> new Cifar10Folder(folder.resolve("none")).load(Split.TEST))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("data folder %s: does not exist", folder.resolve("none"));
    }

    @Test
    void a_short_file_is_refused() throws IOException {
        write("data_batch_1.bin", 0, 10);
        Path shortFile = Files.write(folder.resolve("data_batch_2.bin"), new byte[2 * RECORD - 1]);
        for (int file = 3; file <= 5; file++) {
            write("data_batch_" + file + ".bin", 0, 10);
        }

        assertThatThrownBy(() -> new Cifar10Folder(folder).load(Split.TRAIN))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("%s: length must be a positive multiple of 3073 bytes, got 6145", shortFile);
    }

    @Test
    void an_empty_file_is_refused() throws IOException {
        Path empty = Files.createFile(folder.resolve("test_batch.bin"));

        assertThatThrownBy(() -> new Cifar10Folder(folder).load(Split.TEST))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("%s: length must be a positive multiple of 3073 bytes, got 0", empty);
    }

    @Test
    void a_label_above_nine_is_refused() throws IOException {
        byte[] bytes = new byte[3 * RECORD];
        bytes[2 * RECORD] = (byte) 200;
        Path file = Files.write(folder.resolve("test_batch.bin"), bytes);

        assertThatThrownBy(() -> new Cifar10Folder(folder).load(Split.TEST))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("%s: record 2: label must be in [0, 9], got 200", file);
    }

    @Test
    void a_file_that_cannot_be_read_is_named() throws IOException {
        Path notAFile = Files.createDirectory(folder.resolve("test_batch.bin"));

        assertThatThrownBy(() -> new Cifar10Folder(folder).load(Split.TEST))
                .isInstanceOf(DataSourceException.class)
                .hasMessageStartingWith(notAFile + ": ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_split_without_records_is_refused() throws IOException {
        write("data_batch_1.bin", 0, 1);

        assertThatThrownBy(() -> new Cifar10Folder(folder).load(Split.TRAIN))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("%s: split train is empty, there are only 1 records to split", folder);
    }

    @Test
    void the_real_set_is_split_as_documented() {
        Cifar10Folder cifar10 = new Cifar10Folder(SharedData.cifar10());

        LabeledImages train = cifar10.load(Split.TRAIN);

        assertThat(train.examples()).isEqualTo(45_000);
        assertThat(train.shape()).isEqualTo(new ImageShape(3, 32, 32));
        // od -An -tu1 -N4 data_batch_1.bin; record 44,999 is data_batch_5.bin, record 4,999
        assertThat(train.label(0)).isEqualTo(6);
        assertThat(train.pixel(0, 0, 0, 0)).isEqualTo(59);
        assertThat(train.pixel(0, 0, 0, 1)).isEqualTo(43);
        assertThat(train.classNames()).element(6).isEqualTo("frog");
    }

    @Test
    void the_real_validation_and_test_parts_are_the_documented_records() throws IOException {
        Cifar10Folder cifar10 = new Cifar10Folder(SharedData.cifar10());

        LabeledImages validation = cifar10.load(Split.VALIDATION);
        LabeledImages test = cifar10.load(Split.TEST);

        byte[] fifth = Files.readAllBytes(cifar10.folder().resolve("data_batch_5.bin"));
        assertThat(validation.examples()).isEqualTo(5_000);
        assertThat(validation.label(0)).isEqualTo(fifth[5_000 * RECORD]);
        assertThat(validation.pixel(4_999, 2, 31, 31)).isEqualTo(fifth[fifth.length - 1] & 0xFF);
        assertThat(test.examples()).isEqualTo(5_000);
        assertThat(test.label(0)).isEqualTo(3);
    }

    /** Records whose red plane is the record's number throughout and whose other planes are 255 minus it. */
    private void write(String name, int from, int to) throws IOException {
        byte[] bytes = new byte[(to - from) * RECORD];
        for (int record = from; record < to; record++) {
            int at = (record - from) * RECORD;
            bytes[at] = (byte) (record % 10);
            for (int i = 1; i < RECORD; i++) {
                bytes[at + i] = (byte) (i <= 1024 ? record : 255 - record);
            }
        }
        Files.write(folder.resolve(name), bytes);
    }
}
