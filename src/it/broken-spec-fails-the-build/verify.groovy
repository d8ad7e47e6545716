def log = new File(basedir, 'build.log').getText('UTF-8')
def spec = new File(basedir, 'src/main/adjoint/broken.layer').absolutePath

// Every error of every spec: once, in the form that editors link to, with its advice.
assert log.readLines().findAll { it.contains('.layer:[') } == [
        "[ERROR] ${spec}:[6,27] L022: `oo` is not known here".toString(),
        "[ERROR] ${spec}:[9,21] L022: there is no layer `Scal`".toString()]
assert log.contains('  help: did you mean `o`?')
assert log.contains('2 errors, which are shown above; nothing was written')

assert !(log =~ /(?m)^\s+at [\w.$]+\(/) : 'a stack trace for an error of the user'
assert !new File(basedir, 'target/generated-sources').exists() : 'not even of the spec that is sound'
true
