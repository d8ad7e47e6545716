def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('8000 digits to learn, 2000 to test, seed ') : 'real digits, and a seed that makes every run the same'

def accuracy = log =~ /(?m)^accuracy: ([\d.]+) %$/
assert accuracy.count == 1
assert accuracy[0][1].toBigDecimal() >= 97 : 'of 2,000 digits that it has not seen the network reads 97 in 100'
true
