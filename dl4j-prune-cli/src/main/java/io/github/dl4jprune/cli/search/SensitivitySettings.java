package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.cli.input.FileDigest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a scan's numbers depend on: results of one run may only be continued under the same. */
record SensitivitySettings(Map<String, String> values) {
    static SensitivitySettings of(SensitivityCommand asked) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("model", FileDigest.sha256(asked.model));
        values.put("data", asked.data);
        values.put("examples", asked.examples == null ? "all" : asked.examples.toString());
        values.put("criterion", asked.criterion);
        values.put("granularity", asked.granularity);
        return new SensitivitySettings(values);
    }
}
