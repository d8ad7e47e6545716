/**
 * The spec language: layers in index notation, definitions, and what to generate of them. Square brackets hold
 * indices, round ones values. What an expression is (integer, value, condition, whole tensor) is settled after parsing.
 */
grammar Layer;

file : (PACKAGE qualified ';')? importation* top* EOF ;

importation : IMPORT qualified ';' ;

top : layer | definition | generate ;

// ---- layers

layer : LAYER name ('[' size (',' size)* ']')? '{' statement* '}' ;

size : name ('=' expr)? ;

statement
    : role=(INPUT | PARAM) shaped                                                           # given
    | CONST INT? shaped (LT sum)?                                                          # constant
    | role=(LET | OUTPUT) target '=' expr                                                   # equation
    | FUNCTION name                                                                         # function
    | ASSUME expr                                                                           # assume
    | CLAIM left=expr '=' right=expr                                                        # claim
    | VERIFY reference BY qualified '#' word signature? ('(' (mapping (',' mapping)*)? ')')? # verify
    | definition                                                                            # local
    ;

shaped : name ('[' expr (',' expr)* ']')? ;

target : name ('[' expr (',' expr)* ']')? ;

/** The types of a method's parameters, {@code (float[][], int)}, to tell it from others of its name. */
signature : '(' type (',' type)* ')' ;

type : qualified ('[' ']')* ;

/** What the layer calls something and what the method does; a size may be a number instead. */
mapping : (reference | word | sum) '=' (qualified | INTEGER) ;

definition : DEF name '(' (shaped (',' shaped)*)? ')' ('[' expr (',' expr)* ']')? '=' expr ;

// ---- classes

generate : GENERATE name '=' stage (THEN stage)* settings? ;

stage : name ('[' binding (',' binding)* ']')? ;

binding : name '=' (open='?' | expr) ;

settings : '{' (setting (';' setting)* ';'?)? '}' ;

setting : word '=' word ;

// ---- expressions, loosest first

expr : or ('?' expr ':' expr)? ;

or : and (OR and)* ;

and : negation (AND negation)* ;

negation : NOT negation | comparison ;

comparison : sum (relation sum)* ;

relation : LT | LE | GT | GE | EQ | NE ;

sum : product (ops+=(PLUS | MINUS) product)* ;

product : unary (ops+=(TIMES | SLASH | DIV | MOD) unary)* ;

unary : MINUS unary | power ;

power : primary (CARET unary)? ;

primary
    : INTEGER                                                                               # integer
    | DECIMAL                                                                               # decimal
    | kind=(SUM | PROD | MAX | MIN | MEAN | ARGMAX | ARGMIN) '[' expr (',' expr)* ']' '(' expr ')'  # reduction
    | kind=(MAX | MIN) '(' expr ',' expr ')'                                                # extremum
    | (D | PARTIAL) '(' expr ')' SLASH (D | PARTIAL) '(' expr ')'                             # derivative
    | PARTIAL access SLASH PARTIAL access                                                     # derivativeOfAccess
    | ID PRIME* '(' (expr (',' expr)*)? ')' indices?                                        # call
    | access                                                                                # entry
    | '(' expr ')'                                                                          # group
    | '[' expr ']'                                                                          # iverson
    ;

access : reference indices? ;

reference : name | GRAD name | DELTA ('.' name)? ;

indices : '[' item (',' item)* ']' ;

item : ':' | expr ;

// ---- names

name : ID | D ;

qualified : word ('.' word)* ;

/** Where a word of the language is an ordinary name: in packages, Java names and settings. */
word
    : ID | D | PACKAGE | IMPORT | LAYER | DEF | GENERATE | THEN | INPUT | PARAM | CONST | INT | LET | OUTPUT | FUNCTION
    | ASSUME | CLAIM | VERIFY | BY | GRAD | DELTA | DIV | MOD | SUM | PROD | MAX | MIN | MEAN | ARGMAX | ARGMIN
    ;

PACKAGE : 'package' ;
IMPORT : 'import' ;
LAYER : 'layer' ;
DEF : 'def' ;
GENERATE : 'generate' ;
THEN : 'then' ;
INPUT : 'input' ;
PARAM : 'param' ;
CONST : 'const' ;
INT : 'int' ;
LET : 'let' ;
OUTPUT : 'output' ;
FUNCTION : 'function' ;
ASSUME : 'assume' ;
CLAIM : 'claim' ;
VERIFY : 'verify' ;
BY : 'by' ;
GRAD : 'grad' ;
DELTA : 'delta' | 'δ' ;
DIV : 'div' ;
MOD : 'mod' ;
SUM : 'sum' | 'Σ' | '∑' ;
PROD : 'prod' | 'Π' | '∏' ;
MAX : 'max' ;
MIN : 'min' ;
MEAN : 'mean' ;
ARGMAX : 'argmax' ;
ARGMIN : 'argmin' ;
D : 'd' ;
PARTIAL : '∂' ;

LE : '<=' | '≤' ;
GE : '>=' | '≥' ;
NE : '!=' | '≠' ;
EQ : '==' ;
LT : '<' ;
GT : '>' ;
AND : '&&' | '∧' ;
OR : '||' | '∨' ;
NOT : '!' | '¬' ;
TIMES : '*' | '·' | '⋅' | '×' ;
MINUS : '-' | '−' ;
PLUS : '+' ;
SLASH : '/' ;
CARET : '^' ;
LPAREN : '(' ;
RPAREN : ')' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
QUESTION : '?' ;
COLON : ':' ;
COMMA : ',' ;
SEMI : ';' ;
DOT : '.' ;
HASH : '#' ;
ASSIGN : '=' ;
PRIME : '\'' | '′' ;

INTEGER : [0-9]+ ;
DECIMAL : [0-9]+ '.' [0-9]+ EXPONENT? | [0-9]+ EXPONENT ;
fragment EXPONENT : [eE] [+\-]? [0-9]+ ;

ID : (LETTER | '∞' | 'π') (LETTER | [0-9])* ;
/** ASCII and the Greek letters that no ASCII letter looks like; δ, π, Σ and Π are words of the language. */
fragment LETTER : [A-Za-z_] | [αβγεζηθκλμξρστφχψω] | [ΓΔΘΛΞΦΨΩ] ;

DOC : '/**' (~[*] | '*'+ ~[*/])* '*'+ '/' -> channel(HIDDEN) ;
COMMENT : '/*' (~[*] | '*'+ ~[*/])* '*'+ '/' -> channel(HIDDEN) ;
LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
SPACE : [ \t\r\n\uFEFF]+ -> skip ;

UNCLOSED : '/*' (~[*] | '*'+ ~[*/])* '*'* EOF ;
FOREIGN : . ;
