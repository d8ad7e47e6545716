def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('adjoint:help') : 'adjoint:help does not list itself: is the plugin descriptor in the jar?'
['generate', 'verify', 'derive'].each { assert log.contains('adjoint:' + it) }
assert !log.contains('[ERROR]')
true
