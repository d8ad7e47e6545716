def log = new File(basedir, 'build.log').getText('UTF-8')
def spec = new File(basedir, 'src/main/adjoint/unflipped.layer').absolutePath
def method = new File(basedir, 'src/main/java/com/acme/Row.java').absolutePath

// At the file, line and column of the claim and of the method, each once.
def errors = log.readLines().findAll { it =~ /\[ERROR\] .*:\[\d+,\d+\] / }
assert errors.size() == 2
assert errors[0] == "[ERROR] ${spec}:[12,5] V001: REFUTED: this says that grad o[0, 0] is 1 where it is 0".toString()
assert errors[1].startsWith("[ERROR] ${method}:[8,5] V001: REFUTED: this says that grad o[0] is ".toString())

// The counterexample: where, and by which terms; and what was done wrong.
assert log.contains('note: at H = 1, W = 2, K1 = 1, K2 = 2, element p = 0, q = 0: derived 0, claimed 1')
assert log.contains(['    grad o  0   1    w   0   1     delta  0',
                     '         0  X   .     0 (0) [1]        0 <1>'].join('\n'))
assert log.contains('note: missing: delta[0,0]*w[0,0]')
assert log.contains('note: extra: delta[0,0]*w[0,1]')
assert log =~ /note: mistake: .*rotated by 180°/
assert log.contains('help: proved instead: grad o[p, q] = sum[m < K1, n < K2](pad(delta[p-m, q-n]) * w[m, n])')

assert log =~ /PROVED +Unflipped  grad w/ : 'what is right is said to be'
assert log.contains('3 claims: 1 proved, 2 refuted')
assert log.contains('2 errors, which are shown above')
assert !log.contains('nothing was written') : 'nothing was to be'
assert !(log =~ /(?m)^\s+at [\w.$]+\(/) : 'a stack trace for an error of the user'
true
