package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
    @Test
    void a_column_holds_the_first_examples_of_a_class() {
        LabeledImages images = Samples.counting(7, new ImageShape(3, 1, 2));

        BufferedImage sheet = ContactSheet.of(images, 3);

        // cells of 2 x 2 by 1 x 2 pixels with gaps of 2; class 1 has examples 1 and 4, whose bytes are 6.. and 24..
        assertThat(sheet.getWidth()).isEqualTo(20);
        assertThat(sheet.getHeight()).isEqualTo(14);
        assertThat(sheet.getRGB(8, 2)).isEqualTo(0xFF06080A);
        assertThat(sheet.getRGB(11, 3)).isEqualTo(0xFF07090B);
        assertThat(sheet.getRGB(8, 6)).isEqualTo(0xFF181A1C);
        assertThat(sheet.getRGB(8, 10)).isEqualTo(0xFFFFFFFF);
        assertThat(sheet.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void one_channel_is_grey() {
        LabeledImages images = Samples.counting(3, new ImageShape(1, 2, 2));

        assertThat(ContactSheet.of(images, 1).getRGB(8, 2)).isEqualTo(0xFF040404);
    }

    @Test
    void the_program_writes_a_png(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sheet.png");

        ContactSheet.main("embedded", "4", file.toString());

        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(662);
    }

    @Test
    void bad_arguments_are_refused() {
        assertThatThrownBy(() -> ContactSheet.main("embedded")).hasMessage("arguments: must be DATA ROWS FILE, got 1");
        assertThatThrownBy(() -> ContactSheet.of(Samples.counting(3, new ImageShape(1, 2, 2)), 0))
                .hasMessage("rows: must be >= 1, got 0");
    }
}
