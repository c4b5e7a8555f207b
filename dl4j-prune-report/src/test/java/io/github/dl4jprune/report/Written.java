package io.github.dl4jprune.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Results as the commands write them, with single quotes for double ones. */
final class Written {
    static final String PRUNE = """
            {'command': 'prune', 'version': '0.1.0',
             'arguments': {'MODEL': 'a b/big.zip', 'criterion': 'l1', 'sparsity': 0.5, 'out': 'small.zip',
               'layer': {'conv2': 0.25}, 'ignore': ['conv1', 'fc'], 'fold-constants': true, 'input-shape': []},
             'before': {'parameters': 269722, 'macs': 40551040, 'fixedMacs': 0, 'bytes': 1017577},
             'after': {'parameters': 161308, 'macs': 24699520, 'fixedMacs': 0, 'bytes': 610281},
             'groups': [{'name': 'NAME', 'layers': ['NAME'], 'width': 16, 'requested': 8, 'kept': 9,
               'keptChannels': {'NAME': [0, 1]}, 'note': 'one more'}],
             'layers': [{'name': 'NAME', 'channels': {'before': 16, 'after': 9},
               'parameters': {'before': 432, 'after': 243}, 'macs': {'before': 442368, 'after': 248832}},
               {'name': 'bn1', 'channels': {'before': 16, 'after': 9},
               'parameters': {'before': 32, 'after': 18}, 'macs': {'before': 0, 'after': 0}}],
             'unprunable': [{'layer': 'NAME', 'reason': 'NETWORK_OUTPUT', 'detail': ''}],
             'verification': {'maxAbsoluteDifference': 3.87e-7, 'tolerance': 1.0E-4, 'examples': 16},
             'note': ''}""";
    static final String TRAIN = """
            {'command': 'train', 'version': '0.1.0', 'arguments': {'MODEL': 'big.zip', 'out': 't.zip'},
             'epochs': [{'epoch': 1, 'loss': 2.5, 'validationAccuracy': 0.5, 'sparsity': 0.0},
               {'epoch': 2, 'loss': 'NaN', 'validationAccuracy': 0.625, 'sparsity': 0.5}],
             'parameters': [{'name': 'conv1_W', 'sparsity': 0.5}], 'test': {'accuracy': 0.6}}""";
    static final String FINETUNE = """
            {'command': 'finetune', 'version': '0.1.0',
             'arguments': {'MODEL': 'small.zip', 'out': 'tuned.zip'}, 'examples': 100,
             'epochs': [{'epoch': 1, 'loss': 2.5}, {'epoch': 2, 'loss': 1.25}]}""";
    static final String EVALUATE = """
            {'command': 'evaluate', 'version': '0.1.0', 'arguments': {'MODEL': 'tuned.zip', 'split': 'test'},
             'examples': 5000, 'accuracy': 0.9078, 'loss': 0.4}""";
    static final String SWEEP_RESULTS = """
            'maxMacs': 0.6, 'candidates': [
              {'settings': {'sparsity': 0.2}, 'validationAccuracy': 0.9, 'macs': 0.7, 'parameters': 0.7,
               'sparsity': 0.2, 'score': 0.1},
              {'settings': {'sparsity': 0.5}, 'validationAccuracy': 0.8, 'macs': 0.4, 'parameters': 0.4,
               'sparsity': 0.5, 'score': 0.8}],
             'front': [{'settings': {'sparsity': 0.5}, 'validationAccuracy': 0.8, 'macs': 0.4, 'parameters': 0.4,
               'sparsity': 0.5, 'score': 0.8}]}""";
    static final String SWEEP =
            "{'command': 'sweep', 'version': '0.1.0', 'arguments': {'MODEL': 'big.zip', 'out': 'DIR'}," + SWEEP_RESULTS;
    static final String SENSITIVITY = """
            {'command': 'sensitivity', 'version': '0.1.0', 'arguments': {'MODEL': 'big.zip', 'out': 'sens'},
             'base': {'loss': 0.1, 'accuracy': 0.95},
             'points': [{'group': 'NAME', 'layer': 'NAME', 'sparsity': 0.5, 'loss': 0.3, 'accuracy': 0.75},
               {'group': 'conv2', 'layer': 'conv2', 'sparsity': 0.5, 'loss': 0.2, 'accuracy': 0.85}],
             'norms': [{'layer': 'NAME', 'filters': 4, 'minimum': 0.5, 'mean': 0.75, 'maximum': 1.0, 'deviation': 0.2,
               'histogram': [1, 0, 2, 1], 'trusted': false, 'verdict': 'do not trust a norm here: too narrow'}]}""";
    static final String BENCH = """
            {'command': 'bench', 'version': '0.1.0', 'arguments': {'MODEL': ['big.zip', 'small.zip'], 'batch': 64},
             'models': [{'model': 'big.zip', 'runtime': 'DL4J', 'batch': 64, 'medianMillis': 162.7,
               'examplesPerSecond': 393.4, 'macs': 40551040, 'speedup': 1.0},
               {'model': 'small.onnx', 'runtime': 'ONNX', 'batch': 64, 'medianMillis': 118.5,
               'examplesPerSecond': 539.9, 'macs': null, 'speedup': 1.37}]}""";
    static final String COMPRESS = """
            {'command': 'compress', 'version': '0.1.0', 'arguments': {'MODEL': 't.zip', 'out': 't.bin'},
             'bytes': {'dense': 40000, 'pruned': 9000, 'shared': 2000, 'encoded': 1600}, 'ratio': 25.0,
             'layers': [{'layer': 'NAME', 'parameter': 'W', 'values': 10000, 'survivors': 1000, 'centroids': 256,
               'gapBits': 5, 'dense': 40000, 'pruned': 9000, 'shared': 2000, 'encoded': 1600}]}""";
    static final String VERIFY = """
            {'command': 'verify', 'version': '0.1.0', 'arguments': {'MODEL': 'big.zip', 'OTHER': 'small.onnx'},
             'examples': 50, 'maxAbsoluteDifference': 1e-6, 'largestOutput': 1.0, 'relativeDifference': 1e-6,
             'tolerance': 1e-4, 'models': [{'model': 'big.zip', 'accuracy': 0.9}, {'model': 'small.onnx', 'accuracy': 0.88}]}""";

    private Written() {}

    /** Writes a result whose layer is called conv1. */
    static Path to(Path file, String json) throws IOException {
        return to(file, json, "conv1");
    }

    /** Writes a result whose layer has a name of its own, as JSON text. */
    static Path to(Path file, String json, String layer) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, json.replace('\'', '"').replace("NAME", layer));
    }

    /** One result of each command. */
    static Path all(Path folder, String layer) throws IOException {
        to(folder.resolve("1-prune.json"), PRUNE, layer);
        to(folder.resolve("2-finetune.json"), FINETUNE, layer);
        to(folder.resolve("3-evaluate.json"), EVALUATE, layer);
        to(folder.resolve("4-train.json"), TRAIN, layer);
        to(folder.resolve("5-sensitivity.json"), SENSITIVITY, layer);
        to(folder.resolve("6-sweep.json"), SWEEP, layer);
        to(folder.resolve("7-bench.json"), BENCH, layer);
        to(folder.resolve("8-compress.json"), COMPRESS, layer);
        to(folder.resolve("9-verify.json"), VERIFY, layer);
        return folder;
    }
}
