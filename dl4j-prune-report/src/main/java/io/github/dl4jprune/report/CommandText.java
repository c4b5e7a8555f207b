package io.github.dl4jprune.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.databind.JsonNode;

/** A command line as a shell takes it, put together from the arguments of a result. */
final class CommandText {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private CommandText() {}

    static String of(String command, Fields arguments) {
        List<String> positional = new ArrayList<>();
        List<String> options = new ArrayList<>();
        arguments.entries().forEach((name, value) -> {
            // parameters are named in capitals, options as they are typed
            if (name.equals(name.toUpperCase(Locale.ROOT))) {
                (value.isArray() ? value : List.of(value)).forEach(one -> positional.add(quoted(one.asText())));
            } else {
                add("--" + name, value, options);
            }
        });
        List<String> words = new ArrayList<>(List.of("./dl4j-prune", command));
        words.addAll(positional);
        words.addAll(options);
        return String.join(" ", words);
    }

    private static void add(String option, JsonNode value, List<String> words) {
        if (value.isArray()) {
            value.forEach(one -> words.add(option + " " + quoted(text(one))));
        } else if (value.isObject()) {
            value.fields()
                    .forEachRemaining((Map.Entry<String, JsonNode> entry) ->
                            words.add(option + " " + quoted(entry.getKey() + "=" + text(entry.getValue()))));
        } else if (value.isBoolean()) {
            if (value.asBoolean()) {
                words.add(option);
            }
        } else {
            words.add(option + " " + quoted(text(value)));
        }
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
