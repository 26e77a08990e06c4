@echo off
rem Gatehouse from a source checkout: builds when the program is missing or older than its sources, then runs it.
rem What runs is a copy of the built distribution (target\launcher\ID): Windows would not let a build replace the jars of a
rem server that is still running.
setlocal
set "ROOT=%~dp0"
set "LAUNCHER=%ROOT%target\launcher"
set "CURRENT=%LAUNCHER%\current"
if not defined GATEHOUSE_JDK (
  call "%ROOT%cli\src\main\distribution\bin\jdk.cmd" || exit /b 3
)
if not defined GATEHOUSE_JDK set "GATEHOUSE_JDK=%JDK%"

call :fresh && goto run
if not exist "%LAUNCHER%" mkdir "%LAUNCHER%"
:lock
mkdir "%LAUNCHER%\lock" 2>nul && goto locked
rem Another start is building. (If none is, an earlier one was killed: remove the folder target\launcher\lock.)
timeout /t 1 /nobreak >nul 2>&1
goto lock
:locked
call :fresh || call :build
set "RESULT=%ERRORLEVEL%"
rmdir /s /q "%LAUNCHER%\lock"
if not "%RESULT%"=="0" exit /b 3

:run
set /p ID=<"%CURRENT%"
call "%LAUNCHER%\%ID%\bin\gatehouse.cmd" %*
exit /b %ERRORLEVEL%

:fresh
if not exist "%CURRENT%" exit /b 1
powershell -NoProfile -Command "$t = (Get-Item -LiteralPath $env:CURRENT).LastWriteTimeUtc; $s = @(Get-ChildItem -Path ($env:ROOT + 'pom.xml'), ($env:ROOT + '*\pom.xml'), ($env:ROOT + '.mvn')) + @(Get-ChildItem -Path ($env:ROOT + '*\src\main') -Recurse); if ($s | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 1 }"
exit /b %ERRORLEVEL%

:build
where mvn >nul 2>&1 || (
  >&2 echo Could not build Gatehouse: mvn is not on the PATH.
  >&2 echo Install Maven 3.8 or later, and start again.
  exit /b 3
)
if exist "%CURRENT%" (>&2 echo Building Gatehouse ^(its sources changed^)...) else (>&2 echo Building Gatehouse ^(first start, a few minutes^)...)
set "NEW=%RANDOM%%RANDOM%"
>"%LAUNCHER%\started.%NEW%" echo %NEW%
set "JAVA_HOME=%GATEHOUSE_JDK%"
pushd "%ROOT%"
call mvn -B -ntp -q -Pprogram -pl cli -am package >"%LAUNCHER%\build.log" 2>&1 <nul
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  >&2 type "%LAUNCHER%\build.log"
  >&2 echo Could not build Gatehouse: Maven failed, see above. Mend what it names, and start again.
  del "%LAUNCHER%\started.%NEW%"
  exit /b 3
)
xcopy /e /i /q /y "%ROOT%cli\target\gatehouse" "%LAUNCHER%\%NEW%" >nul || exit /b 3
move /y "%LAUNCHER%\started.%NEW%" "%CURRENT%" >nul
exit /b 0
