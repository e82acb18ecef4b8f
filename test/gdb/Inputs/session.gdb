set pagination off
set confirm off
set debuginfod enabled off
set width 0
echo == stepping\n
tbreak main.cpp:24
run
print this->text
coro locals
coro next
print got
tbreak main.cpp:24
continue
coro next
print got
echo == tasks\n
tbreak stop
continue
coro tasks
coro frame 4
print $frame.tries
coro frame 3
generate-core-file core
