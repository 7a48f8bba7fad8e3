namespace ProjectConsole.Features.Sample;

/// <summary>What the other sample projects and the organization's catalogue own.</summary>
internal static class SampleOthers
{
    public static IReadOnlyList<SampleResource> Catalogue { get; } =
    [
        new("service-offering", "ready", "small", "For tools and small services.", "", """{"cpu-cores":2,"memory":8}"""),
        new("service-offering", "ready", "medium", "For interactive work.", "", """{"cpu-cores":8,"memory":32}"""),
        new("service-offering", "ready", "gpu-large", "One GPU for a person.", "gpu", """{"cpu-cores":16,"memory":128,"gpus":1}"""),
        new("disk-offering", "ready", "standard-200", "For data that is read now and then.", "", """{"size":200,"speed":"standard"}"""),
        new("disk-offering", "ready", "fast-500", "For data that is written all day.", "", """{"size":500,"speed":"fast"}"""),
        new("organization-template", "ready", "base-22", "The machine that platform keeps up to date.", "", """{"address":"registry.acme.test/machines/base:22","operating-system":"Debian 13","size":8}"""),
    ];

    public static IReadOnlyList<SampleResource> OfDeveloper { get; } =
    [
        new("instance", "stopped", "scratch", "Where I try things before anybody sees them.", "", """{"offering":"small","cpu-cores":2,"memory":8}"""),
        new("volume", "ready", "small-sample", "Two hundred pictures of one street.", "images", """{"type":"shared","size":40}"""),
        new("job", "succeeded", "count-lanes", "An idea about lanes.", "", """{"command":"python lanes.py","cpu-cores":2,"memory":8,"volume":"small-sample"}"""),
        new("file", "ready", "lanes.ipynb", "The idea, written down.", "", """{"media-type":"application/x-ipynb+json","purpose":"other"}"""),
    ];

    public static IReadOnlyList<SampleResource> OfFormerMember { get; } =
    [
        new("volume", "ready", "lidar-samples", "Point clouds of the first car.", "lidar", """{"type":"shared","size":120}"""),
        new("pipeline", "ready", "merge-lidar", "Puts point clouds and pictures together.", "lidar", """{"source":"git@git.acme.test:vision/lidar.git#merge.py"}"""),
        new("run", "succeeded", "merge-lidar-1", "The first that worked.", "", """{"pipeline":"merge-lidar","cpu-cores":4,"memory":16}"""),
        new("model", "development", "lidar-detector", "Finds curbs.", "lidar", """{"type":"fine-tuned","produced-by":"run/merge-lidar-1","framework":"PyTorch 2.9","parameters":12}"""),
    ];

    public static IReadOnlyList<SampleResource> OfFormerTrainee { get; } =
    [
        new("volume", "ready", "night-rides", "Pictures taken after dark.", "", """{"type":"shared","size":60}"""),
        new("pipeline", "ready", "brighten", "Makes pictures brighter.", "", """{"source":"git@git.acme.test:vision/brighten.git#run.py"}"""),
        new("run", "succeeded", "brighten-1", "Too bright.", "", """{"pipeline":"brighten","cpu-cores":2,"memory":8}"""),
        new("model", "development", "night-detector", "Finds lamps.", "", """{"type":"fine-tuned","produced-by":"run/brighten-1","framework":"PyTorch 2.9","parameters":8}"""),
    ];

    public static IReadOnlyList<SampleResource> Default { get; } =
    [
        new("pipeline", "ready", "hello-world", "The first pipeline of everybody who is new.", "", """{"source":"git@git.acme.test:platform/examples.git#hello.py","steps":[{"name":"hello","command":"echo hello"}]}"""),
        new("pipeline", "ready", "sandbox-training", "Trains something small, to see how it works.", "", """{"source":"git@git.acme.test:platform/examples.git#train.py"}"""),
        .. SampleResource.Numbered("run", "succeeded", "hello-world", 1, 7, "", "", """{"pipeline":"hello-world","cpu-cores":1,"memory":1}"""),
        new("file", "ready", "getting-started.ipynb", "Walks through the console.", "", """{"media-type":"application/x-ipynb+json","purpose":"other"}"""),
        new("file", "ready", "notes.md", "What people asked most.", "", """{"media-type":"text/markdown","purpose":"other"}"""),
    ];

    public static IReadOnlyList<SampleResource> Speech { get; } =
    [
        new("secret", "ready", "telephony-token", "Fetches recordings of the call center.", "ingest", """{"value":"sample token","environment-name":"TELEPHONY_TOKEN"}"""),
        new("bucket", "ready", "call-recordings", "Kept for 90 days, with consent.", "ingest", """{"size":4096,"keeps-versions":false,"address":"s3://acme-calls"}"""),
        new("cluster", "running", "gpu-l40-1", "Training and synthesis.", "training", """{"gpu-type":"l40","nodes":2,"gpus":4,"cpu-cores":48,"memory":384,"ssh-host":"gpu-l40-1.acme.test"}"""),
        new("cluster", "failed", "gpu-l40-2", "Its second node does not come up; platform looks at it.", "training", """{"gpu-type":"l40","nodes":1,"gpus":4,"cpu-cores":48,"memory":384}"""),
        new("pipeline", "ready", "train-recognizer", "Trains one language.", "training", """{"source":"git@git.acme.test:speech/train.git#recognizer.py","configurations":[{"name":"de","values":"language=de"},{"name":"en","values":"language=en"}],"schedule":"0 2 * * 6","secret":"telephony-token"}"""),
        new("pipeline", "ready", "train-voices", "Trains the voices of the synthesis.", "training", """{"source":"git@git.acme.test:speech/train.git#voices.py"}"""),
        new("pipeline", "ready", "word-error-rate", "Measures every recognizer.", "", """{"source":"git@git.acme.test:speech/train.git#wer.py"}"""),
        .. SampleResource.Numbered("run", "succeeded", "train-recognizer", 90, 117, "Weekly training.", "", """{"pipeline":"train-recognizer","configuration":"de","cpu-cores":16,"gpus":4,"memory":96,"cluster":"gpu-l40-1"}"""),
        new("run", "running", "train-voices-24", "A calmer voice for complaints.", "", """{"pipeline":"train-voices","cpu-cores":16,"gpus":2,"memory":96,"cluster":"gpu-l40-1"}"""),
        new("artifact", "ready", "call-recordings", "Cut into sentences.", "", """{"type":"dataset","address":"s3://acme-calls/sentences"}"""),
        new("artifact", "ready", "transcripts", "What people said, as they said it.", "", """{"type":"dataset","produced-by":"run/train-recognizer-117"}"""),
        new("artifact", "ready", "voice-checkpoints", "Every hour.", "", """{"type":"checkpoint","produced-by":"run/train-voices-24"}"""),
        new("model", "production", "recognizer-de", "German, with the names of products.", "de", """{"type":"fine-tuned","produced-by":"run/train-recognizer-117","framework":"PyTorch 2.9","parameters":120}"""),
        new("model", "production", "recognizer-en", "English.", "en", """{"type":"fine-tuned","produced-by":"run/train-recognizer-116","framework":"PyTorch 2.9","parameters":120}"""),
        new("model", "staging", "voice-anna", "The voice of the call center.", "de", """{"type":"fine-tuned","framework":"PyTorch 2.9","parameters":80}"""),
        new("model", "staging", "recognizer-pl", "Polish, as far as it is.", "pl", """{"type":"fine-tuned","base":"recognizer-en","framework":"PyTorch 2.9","parameters":120}"""),
        new("evaluation", "passed", "calls-of-october", "The word error rate that the contract asks for.", "de", """{"model":"recognizer-de","data":"artifact/transcripts","measure":"word error rate","threshold":"<= 0.08"}"""),
        new("endpoint", "healthy", "recognize", "Every call, while it is spoken.", "serving", """{"model":"recognizer-de","gpu-type":"l40","gpus":1,"least-replicas":1,"most-replicas":3}"""),
        new("endpoint", "healthy", "speak", "Announcements.", "serving", """{"model":"voice-anna","gpu-type":"l40","gpus":1,"least-replicas":1,"most-replicas":2,"speculative-decoding":true}"""),
    ];

    public static IReadOnlyList<SampleResource> Staging { get; } =
    [
        new("image", "ready", "console-candidate", "What is released next.", "candidate", """{"type":"container","address":"registry.acme.test/platform/console:candidate","size":2}"""),
        new("model", "staging", "candidate", "The detector that is released next.", "candidate", """{"type":"fine-tuned","framework":"ONNX","parameters":26}"""),
        new("network", "ready", "front", "Between the load and the candidates.", "", """{"cidr":"10.30.0.0/24","load-balancing":[{"address":"staging-front","port":443,"members":"load-generator","instance-port":8443,"algorithm":"least-connections"}]}"""),
        new("ip-address", "allocated", "staging-front", "Where the load of last week is sent.", "", """{"address":"203.0.113.60","network":"front"}"""),
        new("instance", "running", "load-generator", "Sends the requests of last week again.", "load", """{"offering":"medium","cpu-cores":8,"memory":32,"network":"front"}"""),
        new("endpoint", "healthy", "traffic-signs-candidate", "The next traffic-signs-eu.", "candidate", """{"model":"candidate","gpu-type":"l40","gpus":1,"least-replicas":1,"most-replicas":1}"""),
        new("endpoint", "failed", "recognize-candidate", "Does not start with the new model format.", "candidate", """{"model":"candidate","gpu-type":"l40","gpus":1,"least-replicas":1,"most-replicas":1}"""),
        .. SampleResource.Numbered("job", "succeeded", "replay-last-week", 4, 9, "One night of the replay.", "load", """{"image":"console-candidate","command":"replay --from monday --speed 4","cpu-cores":4,"memory":8,"life-span":24,"exit-code":0}"""),
        new("app", "healthy", "grafana", "How the candidates do.", "", """{"type":"grafana","cpu-cores":2,"memory":8,"is-public":false}"""),
    ];
}
