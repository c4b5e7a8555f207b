package io.github.dl4jprune.report;

import java.util.List;

/**
 * A chapter of the page.
 *
 * @param id of its heading, for links
 * @param title its heading
 * @param lead what is seen here
 * @param parts one a run
 */
record Section(String id, String title, String lead, List<Part> parts) {
    /** What one run adds to a section. */
    record Part(String title, List<Block> blocks) {}
}
